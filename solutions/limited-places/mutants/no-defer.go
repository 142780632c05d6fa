//go:build ignore

// A panic flies past the line that gives the place back.
// Verdict: failed
// Check: TestGivenBack
// Says: after a panic

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
	taken := make(chan struct{}, places)
	return func(ctx context.Context, use func() error) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		select {
		case taken <- struct{}{}:
		case <-ctx.Done():
			return ctx.Err()
		}
		err := use()
		<-taken
		return err
	}
}
