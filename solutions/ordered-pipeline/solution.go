package orderedpipeline

import (
	"context"
	"sync"
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
	// BEGIN SOLUTION
	type job struct {
		chunk  []int
		result chan int // has room for it
	}
	ctx, cancel := context.WithCancelCause(ctx)
	var crew sync.WaitGroup
	defer crew.Wait()
	defer cancel(nil)

	jobs := make(chan job)
	line := make(chan job, window)        // in the order of the chunks
	places := make(chan struct{}, window) // taken from before next to after deliver
	crew.Go(func() {
		defer close(line)
		defer close(jobs)
		for {
			select {
			case places <- struct{}{}:
			case <-ctx.Done():
			}
			if ctx.Err() != nil {
				return
			}
			chunk, ok := next()
			if !ok {
				return
			}
			j := job{chunk, make(chan int, 1)}
			line <- j // has room, as there was a place
			select {
			case jobs <- j:
			case <-ctx.Done():
				return
			}
		}
	})
	for range workers {
		crew.Go(func() {
			for j := range jobs {
				result, err := process(ctx, j.chunk)
				if err != nil {
					cancel(err)
					return
				}
				j.result <- result
			}
		})
	}
	for j := range line {
		select {
		case result := <-j.result:
			deliver(result)
			<-places
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	return context.Cause(ctx)
	// END SOLUTION
}
