package greetingserver

import (
	"context"
	"io"
)

// Serve greets every client that accept returns, all of them at the same time.
// When ctx ends, or accept fails, it accepts no more, and returns once those
// that it has are served: nil, or the error of accept.
func Serve(
	ctx context.Context,
	accept func(ctx context.Context) (io.ReadWriteCloser, error),
	greet func(name string) string,
) error {
	// YOUR CODE HERE
	panic("not written yet")
}
