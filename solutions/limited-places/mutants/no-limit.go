//go:build ignore

// Everybody goes in.
// Verdict: failed
// Check: TestNeverMore
// Says: were under way at once

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
	return func(ctx context.Context, use func() error) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		return use()
	}
}
