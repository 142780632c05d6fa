//go:build ignore

// One thread for both: a slow actuator holds up the sensor.
// Verdict: failed
// Check: TestSlowActuator
// Says: held up

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
	sensing, driving := time.NewTicker(sense), time.NewTicker(drive)
	defer sensing.Stop()
	defer driving.Stop()
	var newest float64
	present := false
	for {
		select {
		case <-ctx.Done():
			return missed
		case <-sensing.C:
			due, cancel := context.WithTimeout(ctx, sense)
			reading, err := read(due)
			cancel()
			if err != nil && ctx.Err() == nil {
				missed++
			} else if err == nil {
				newest, present = reading, true
			}
		case <-driving.C:
			if present {
				act(newest)
			}
		}
	}
}
