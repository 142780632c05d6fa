//go:build ignore

// With an errgroup, a thread for each chunk, and a semaphore.

package orderedpipeline

import (
	"context"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"
)

// Pipeline takes chunks from next, has up to workers threads process them, and
// hands the results to deliver in the order of the chunks. No more than window
// chunks are under way between next and deliver. It returns the error that
// process failed with, or ctx.Err(), and leaves no thread behind.
func Pipeline(
	ctx context.Context,
	next func() (chunk []int, ok bool),
	process func(ctx context.Context, chunk []int) (int, error),
	deliver func(result int),
	workers, window int,
) error {
	group, ctx := errgroup.WithContext(ctx)
	free := semaphore.NewWeighted(int64(workers))
	places := semaphore.NewWeighted(int64(window))
	line := make(chan chan int, window)
	group.Go(func() error {
		defer close(line)
		for {
			if err := places.Acquire(ctx, 1); err != nil {
				return err
			}
			chunk, ok := next()
			if !ok {
				return nil
			}
			result := make(chan int, 1)
			line <- result
			group.Go(func() error {
				if err := free.Acquire(ctx, 1); err != nil {
					return err
				}
				defer free.Release(1)
				value, err := process(ctx, chunk)
				if err == nil {
					result <- value
				}
				return err
			})
		}
	})
	group.Go(func() error {
		for result := range line {
			select {
			case value := <-result:
				deliver(value)
				places.Release(1)
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	return group.Wait()
}
