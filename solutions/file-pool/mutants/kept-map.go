//go:build ignore

// The map is a variable outside of the function, and keeps the files of earlier calls.
// Verdict: failed
// Check: TestEveryFile
// Says: Called a second time

package filepool

import (
	"context"
	"errors"
	"sync"
)

var files = map[string][]byte{}

// ReadAll reads every file in names with workers goroutines, and returns what
// each holds, by name, with the errors of those that could not be read.
func ReadAll(
	ctx context.Context,
	read func(ctx context.Context, name string) ([]byte, error),
	names []string,
	workers int,
) (map[string][]byte, error) {
	var (
		mu    sync.Mutex // protects files and errs
		errs  []error
		pool  sync.WaitGroup
		queue = make(chan string)
	)
	for range workers {
		pool.Go(func() {
			for name := range queue {
				data, err := read(ctx, name)
				mu.Lock()
				if err != nil {
					errs = append(errs, err)
				} else {
					files[name] = data
				}
				mu.Unlock()
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
	return files, errors.Join(append(errs, ctx.Err())...)
}
