//go:build ignore

// The actuator waits for a reading on a channel, and nobody tells it that none will come.
// Verdict: leak
// Check: TestEnds
// Says: to receive from a channel

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
	readings := make(chan float64, 1)
	go func() {
		ticks := time.NewTicker(drive)
		defer ticks.Stop()
		for range ticks.C {
			reading := <-readings
			if ctx.Err() != nil {
				return
			}
			act(reading)
		}
	}()

	ticks := time.NewTicker(sense)
	defer ticks.Stop()
	for {
		select {
		case <-ticks.C:
		case <-ctx.Done():
		}
		if ctx.Err() != nil {
			return missed
		}
		inTime, cancel := context.WithTimeout(ctx, sense)
		reading, err := read(inTime)
		cancel()
		if ctx.Err() != nil {
			return missed
		}
		if err != nil {
			missed++
			continue
		}
		select {
		case <-readings:
		default:
		}
		readings <- reading
	}
}
