// Package rig runs control loops for the checks of control-loop.
package rig

import (
	"context"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/internal/engine/schedule"
)

// Control is the function that is checked.
type Control func(
	ctx context.Context,
	read func(ctx context.Context) (float64, error),
	act func(reading float64),
	sense, drive time.Duration,
) (missed int)

// Run lets control work for so long, and returns when it has returned. It fails the
// check if control does not.
func (control Control) Run(t *testing.T, long time.Duration, read func(context.Context) (float64, error), act func(float64), sense, drive time.Duration) (missed int) {
	t.Helper()
	patience := 100 * max(sense, drive) // it costs nothing
	ctx, cancel := context.WithTimeout(t.Context(), long)
	defer cancel()
	returned := make(chan int, 1)
	go func() { returned <- control(ctx, read, act, sense, drive) }()
	for steps := 0; ; {
		select {
		case missed := <-returned:
			return missed
		case <-time.After(long + patience):
		}
		now := schedule.Steps()
		switch {
		case steps == now && steps > 0:
			return <-returned // never: its threads stand still, and the judge knows why
		case steps > 0, now == 0:
			t.Fatal("The context ended, and a hundred rounds later Control had not returned. Each of its threads has to look whether ctx has ended, and none may wait for ever.")
		}
		steps = now
	}
}
