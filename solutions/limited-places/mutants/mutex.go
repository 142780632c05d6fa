//go:build ignore

// A mutex: one at a time, however many places there are.
// Verdict: failed
// Check: TestAllPlaces
// Says: 1 of 3 places

package limitedplaces

import (
	"context"
	"sync"
)

// Limit waits for a place, calls use, gives the place back, and returns the
// error of use; or ctx.Err(), without having called use, if ctx ends before.
type Limit func(ctx context.Context, use func() error) error

// NewLimit returns a Limit of so many places that all threads share which call
// it. Who has waited longest is served first.
func NewLimit(places int) Limit {
	var mu sync.Mutex
	return func(ctx context.Context, use func() error) error {
		mu.Lock()
		defer mu.Unlock()
		return use()
	}
}
