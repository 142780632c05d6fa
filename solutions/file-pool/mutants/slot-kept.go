//go:build ignore

// A read that fails keeps its place in the pool.
// Verdict: deadlock
// Check: TestEveryFileFails
// Says: to send on a channel

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
	var (
		mu    sync.Mutex
		files = map[string][]byte{}
		errs  []error
		reads sync.WaitGroup
		slots = make(chan struct{}, workers)
	)
	for _, name := range names {
		slots <- struct{}{}
		if ctx.Err() != nil {
			break
		}
		reads.Go(func() {
			data, err := read(ctx, name)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				errs = append(errs, err)
				return
			}
			files[name] = data
			<-slots
		})
	}
	reads.Wait()
	return files, errors.Join(append(errs, ctx.Err())...)
}
