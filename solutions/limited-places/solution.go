package limitedplaces

import (
	"context"
)

// Limit waits for a place, calls use, gives the place back, and returns the
// error of use; or ctx.Err(), without having called use, if ctx ends before.
type Limit func(ctx context.Context, use func() error) error

// NewLimit returns a Limit of so many places that all threads share which call
// it. Who has waited longest is served first.
func NewLimit(places int) Limit {
	// BEGIN SOLUTION
	taken := make(chan struct{}, places) // Go serves those who wait to send in their order
	return func(ctx context.Context, use func() error) error {
		if err := ctx.Err(); err != nil {
			return err // a select may choose the place
		}
		select {
		case taken <- struct{}{}:
		case <-ctx.Done():
			return ctx.Err()
		}
		defer func() { <-taken }()
		return use()
	}
	// END SOLUTION
}
