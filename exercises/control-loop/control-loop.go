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
	// YOUR CODE HERE
	panic("not written yet")
}
