//go:build ignore

// One file after the other.
// Verdict: failed
// Check: TestAllWorkers
// Says: one after another

package filepool

import (
	"context"
	"errors"
)

// ReadAll reads every file in names with workers goroutines, and returns what
// each holds, by name, with the errors of those that could not be read.
func ReadAll(
	ctx context.Context,
	read func(ctx context.Context, name string) ([]byte, error),
	names []string,
	workers int,
) (map[string][]byte, error) {
	files := map[string][]byte{}
	var errs []error
	for _, name := range names {
		data, err := read(ctx, name)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		files[name] = data
	}
	return files, errors.Join(errs...)
}
