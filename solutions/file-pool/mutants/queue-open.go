//go:build ignore

// The queue is never closed, so its workers wait for ever.
// Verdict: leak
// Check: TestEveryFile
// Says: to receive from a channel

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
	type result struct {
		name string
		data []byte
		err  error
	}
	queue := make(chan string)
	results := make(chan result)
	for range workers {
		go func() {
			for name := range queue {
				data, err := read(ctx, name)
				results <- result{name, data, err}
			}
		}()
	}
	go func() {
		for _, name := range names {
			queue <- name
		}
	}()
	files := map[string][]byte{}
	var errs []error
	for range names {
		r := <-results
		if r.err != nil {
			errs = append(errs, r.err)
		} else {
			files[r.name] = r.data
		}
	}
	return files, errors.Join(errs...)
}
