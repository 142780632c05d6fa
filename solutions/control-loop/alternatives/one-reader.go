//go:build ignore

// With a channel that holds the newest reading, and timers that are set for each time.

package controlloop

import (
	"context"
	"time"
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
	began := time.Now()
	until := func(n int, every time.Duration) bool {
		wait := time.NewTimer(time.Until(began.Add(time.Duration(n) * every)))
		defer wait.Stop()
		select {
		case <-wait.C:
			return ctx.Err() == nil
		case <-ctx.Done():
			return false
		}
	}
	newest := make(chan float64, 1)
	count := make(chan int)
	go func() {
		missed := 0
		defer func() { count <- missed }()
		for n := 1; until(n, sense); n++ {
			due, cancel := context.WithDeadline(ctx, began.Add(time.Duration(n+1)*sense))
			reading, err := read(due)
			cancel()
			switch {
			case ctx.Err() != nil:
				return
			case err != nil:
				missed++
				continue
			}
			select {
			case <-newest: // nobody needs it any more
			default:
			}
			newest <- reading
		}
	}()
	var latest []float64
	for n := 1; until(n, drive); n++ {
		select {
		case reading := <-newest:
			latest = []float64{reading}
		default:
		}
		if latest != nil {
			act(latest[0])
		}
	}
	return <-count
}
