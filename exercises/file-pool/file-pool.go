package filepool

import (
	"context"
)

// ReadAll reads every file in names with workers goroutines, and returns what
// each holds, by name, with the errors of those that could not be read.
func ReadAll(
	ctx context.Context,
	read func(ctx context.Context, name string) ([]byte, error),
	names []string,
	workers int,
) (map[string][]byte, error) {
	// YOUR CODE HERE
	panic("not written yet")
}
