//go:build ignore

// With a pool of threads.

package filepool

import (
	"context"
	"errors"

	"github.com/interleave-lab/interleave/kernel-helpers/pools"
)

// ReadAll reads every file in names with workers goroutines, and returns what
// each holds, by name, with the errors of those that could not be read.
func ReadAll(
	ctx context.Context,
	read func(ctx context.Context, name string) ([]byte, error),
	names []string,
	workers int,
) (map[string][]byte, error) {
	pool := pools.Threads(workers, func(name string) ([]byte, error) { return read(ctx, name) })
	defer pool.Close()
	futures := make([]*pools.Future[[]byte], len(names))
	for i, name := range names {
		futures[i] = pool.Submit(ctx, name)
	}
	files := map[string][]byte{}
	var errs []error
	for i, future := range futures {
		data, err := future.Result(context.Background()) // it knows when ctx ends
		if err != nil {
			errs = append(errs, err)
			continue
		}
		files[names[i]] = data
	}
	return files, errors.Join(errs...)
}
