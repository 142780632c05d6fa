//go:build ignore

// With the semaphore of locks.

package limitedplaces

import (
	"context"

	"github.com/interleave-lab/interleave/kernel-helpers/locks"
)

// Limit waits for a place, calls use, gives the place back, and returns the
// error of use; or ctx.Err(), without having called use, if ctx ends before.
type Limit func(ctx context.Context, use func() error) error

// NewLimit returns a Limit of so many places that all threads share which call
// it. Who has waited longest is served first.
func NewLimit(places int) Limit {
	permits := locks.NewSemaphore("places", places)
	return func(ctx context.Context, use func() error) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err := permits.AcquireContext(ctx); err != nil {
			return err
		}
		defer permits.Release()
		return use()
	}
}
