//go:build ignore

// Counts the reading that the end has broken off.
// Verdict: failed
// Check: TestEndIsNoMiss
// Says: which is no miss

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
		mu      sync.Mutex // protects newest and fresh
		newest  float64
		present bool
	)
	var loops sync.WaitGroup
	loops.Go(func() {
		ticks := time.NewTicker(sense)
		defer ticks.Stop()
		for {
			select {
			case <-ticks.C:
			case <-ctx.Done():
			}
			if ctx.Err() != nil {
				return
			}
			inTime, cancel := context.WithTimeout(ctx, sense)
			reading, err := read(inTime)
			cancel()
			mu.Lock()
			if err != nil {
				missed++
			} else {
				newest, present = reading, true
			}
			mu.Unlock()
		}
	})
	loops.Go(func() {
		ticks := time.NewTicker(drive)
		defer ticks.Stop()
		for {
			select {
			case <-ticks.C:
			case <-ctx.Done():
			}
			if ctx.Err() != nil {
				return
			}
			mu.Lock()
			reading, ok := newest, present
			mu.Unlock()
			if ok {
				act(reading)
			}
		}
	})
	loops.Wait()
	return missed
}
