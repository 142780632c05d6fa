//go:build ignore

// All workers write to one map without a lock.
// Verdict: race
// Check: TestManyFiles
// Says: files[name] = data

package filepool

import (
	"context"
	"errors"
	"sync"
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
	queue := make(chan string)
	errs := make(chan error, len(names))
	var pool sync.WaitGroup
	for range workers {
		pool.Go(func() {
			for name := range queue {
				data, err := read(ctx, name)
				if err != nil {
					errs <- err
					continue
				}
				files[name] = data
			}
		})
	}
	for _, name := range names {
		if ctx.Err() != nil {
			break
		}
		queue <- name
	}
	close(queue)
	pool.Wait()
	close(errs)
	all := []error{ctx.Err()}
	for err := range errs {
		all = append(all, err)
	}
	return files, errors.Join(all...)
}
