//go:build ignore

// Never asks whether the context has ended: its threads go on for ever.
// Verdict: failed
// Check: TestOnTime
// Says: look whether ctx has ended

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
		mu      sync.Mutex
		newest  float64
		present bool
		loops   sync.WaitGroup
	)
	loops.Go(func() {
		for range time.Tick(sense) {
			due, cancel := context.WithTimeout(ctx, sense)
			reading, err := read(due)
			cancel()
			mu.Lock()
			if err == nil {
				newest, present = reading, true
			} else {
				missed++
			}
			mu.Unlock()
		}
	})
	loops.Go(func() {
		for range time.Tick(drive) {
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
