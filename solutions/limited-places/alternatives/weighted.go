//go:build ignore

// With the semaphore of golang.org/x/sync.

package limitedplaces

import (
	"context"

	"golang.org/x/sync/semaphore"
)

// Limit waits for a place, calls use, gives the place back, and returns the
// error of use; or ctx.Err(), without having called use, if ctx ends before.
type Limit func(ctx context.Context, use func() error) error

// NewLimit returns a Limit of so many places that all threads share which call
// it. Who has waited longest is served first.
func NewLimit(places int) Limit {
	free := semaphore.NewWeighted(int64(places))
	return func(ctx context.Context, use func() error) error {
		if err := free.Acquire(ctx, 1); err != nil {
			return err
		}
		defer free.Release(1)
		return use()
	}
}
