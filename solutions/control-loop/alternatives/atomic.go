//go:build ignore

// With atomic values and named threads.

package controlloop

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/threads"
)

// Control reads a sensor every sense, and drives an actuator every drive with
// the newest reading, until ctx ends. When both threads have ended, it returns
// how many readings failed or came too late.
func Control(
	ctx context.Context,
	read func(ctx context.Context) (float64, error),
	act func(reading float64),
	sense, drive time.Duration,
) (missed int) {
	var newest atomic.Pointer[float64]
	var late atomic.Int64
	var loops threads.Group
	loops.Go("sensor", func() {
		every(ctx, sense, func() {
			due, cancel := context.WithTimeout(ctx, sense)
			defer cancel()
			reading, err := read(due)
			switch {
			case ctx.Err() != nil:
			case err != nil:
				late.Add(1)
			default:
				newest.Store(&reading)
			}
		})
	})
	loops.Go("actuator", func() {
		every(ctx, drive, func() {
			if reading := newest.Load(); reading != nil {
				act(*reading)
			}
		})
	})
	loops.Wait()
	return int(late.Load())
}

func every(ctx context.Context, period time.Duration, f func()) {
	ticks := time.NewTicker(period)
	defer ticks.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticks.C:
			if ctx.Err() != nil {
				return
			}
			f()
		}
	}
}
