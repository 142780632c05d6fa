//go:build ignore

// Closes the channel of the results when there is nothing more to take, while workers still send.
// Verdict: race
// Check: TestInOrder
// Says: close(results)

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
	type job struct {
		i     int
		chunk []int
	}
	type numbered struct{ i, result int }
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	jobs, results := make(chan job), make(chan numbered)
	places := make(chan struct{}, window)
	var crew sync.WaitGroup
	crew.Go(func() {
		defer close(jobs)
		defer close(results)
		for i := 0; ; i++ {
			select {
			case places <- struct{}{}:
			case <-ctx.Done():
				return
			}
			if ctx.Err() != nil {
				return
			}
			chunk, ok := next()
			if !ok {
				return
			}
			select {
			case jobs <- job{i, chunk}:
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
				results <- numbered{j.i, result}
			}
		})
	}

	waiting := map[int]int{}
	at := 0
	for r := range results {
		waiting[r.i] = r.result
		for {
			result, there := waiting[at]
			if !there {
				break
			}
			delete(waiting, at)
			at++
			deliver(result)
			<-places
		}
	}

	return context.Cause(ctx)
}
