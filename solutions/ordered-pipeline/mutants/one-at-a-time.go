//go:build ignore

// One chunk after the other.
// Verdict: failed
// Check: TestAllWorkers
// Says: one after another

package orderedpipeline

import (
	"context"
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
	for ctx.Err() == nil {
		chunk, ok := next()
		if !ok {
			return nil
		}
		result, err := process(ctx, chunk)
		if err != nil {
			return err
		}
		deliver(result)
	}
	return ctx.Err()
}
