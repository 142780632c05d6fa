package controlloop

import (
	"context"
	"time"
)

// Control reads a sensor every sense, and drives an actuator every drive with the
// newest reading, until ctx ends. It returns how many readings came too late or
// failed, when both threads have ended.
func Control(
	ctx context.Context,
	read func(ctx context.Context) (float64, error),
	act func(reading float64),
	sense, drive time.Duration,
) (missed int) {
	// YOUR CODE HERE
	panic("not written yet")
}
