//go:build ignore

// Closes the results when all names are handed out, while workers still send.
// Verdict: race
// Check: TestErrors
// Says: close(results)

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
	type result struct {
		name string
		data []byte
		err  error
	}
	queue, results := make(chan string), make(chan result)
	var pool sync.WaitGroup
	for range workers {
		pool.Go(func() {
			for name := range queue {
				data, err := read(ctx, name)
				results <- result{name, data, err}
			}
		})
	}
	go func() {
		for _, name := range names {
			if ctx.Err() != nil {
				break
			}
			queue <- name
		}
		close(queue)
		close(results)
	}()
	files := map[string][]byte{}
	var errs []error
	for r := range results {
		if r.err != nil {
			errs = append(errs, r.err)
		} else {
			files[r.name] = r.data
		}
	}
	return files, errors.Join(append(errs, ctx.Err())...)
}
