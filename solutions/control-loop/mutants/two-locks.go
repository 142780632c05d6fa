//go:build ignore

// Two locks, which the two threads take in opposite orders.
// Verdict: deadlock
// Check: TestEnds
// Says: Take these locks in the same order

package controlloop

import (
	"context"
	"sync"
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
	var (
		value   sync.Mutex // protects newest
		newest  float64
		known   sync.Mutex // protects present
		present bool
	)
	// every calls do at each time of the ticker, until ctx ends.
	every := func(interval time.Duration, do func()) {
		ticks := time.NewTicker(interval)
		defer ticks.Stop()
		for {
			select {
			case <-ticks.C:
			case <-ctx.Done():
			}
			if ctx.Err() != nil {
				return
			}
			do()
		}
	}
	var loops sync.WaitGroup
	loops.Go(func() {
		every(sense, func() {
			inTime, cancel := context.WithTimeout(ctx, sense)
			defer cancel()
			reading, err := read(inTime)
			if ctx.Err() != nil {
				return // it was not the sensor's fault
			}
			if err != nil {
				missed++
				return
			}
			value.Lock()
			defer value.Unlock()
			newest = reading
			known.Lock()
			defer known.Unlock()
			present = true
		})
	})
	loops.Go(func() {
		every(drive, func() {
			known.Lock()
			defer known.Unlock()
			if !present {
				return
			}
			value.Lock()
			reading := newest
			value.Unlock()
			act(reading)
		})
	})
	loops.Wait()
	return missed
}
