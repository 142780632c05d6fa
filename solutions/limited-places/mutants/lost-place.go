//go:build ignore

// Who gives up leaves a goroutine in the queue, which takes a place for nobody.
// Verdict: deadlock
// Check: TestPlaceAndEndAtOnce
// Says: taken <- struct{}{}

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
		mine := make(chan struct{}, 1)
		go func() {
			taken <- struct{}{}
			mine <- struct{}{}
		}()
		select {
		case <-mine:
		case <-ctx.Done():
			return ctx.Err()
		}
		defer func() { <-taken }()
		return use()
	}
}
