//go:build ignore

// Looks for a free place, and takes it afterwards.
// Verdict: failed
// Check: TestNeverMore
// Says: were under way at once

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
	left := sync.NewCond(&mu)
	inside := 0
	return func(ctx context.Context, use func() error) error {
		mu.Lock()
		for inside >= places {
			left.Wait()
		}
		mu.Unlock()
		mu.Lock()
		inside++
		mu.Unlock()
		defer func() {
			mu.Lock()
			defer mu.Unlock()
			inside--
			left.Broadcast()
		}()
		return use()
	}
}
