//go:build ignore

// Wakes all that wait, and the first to run gets the place.
// Verdict: failed
// Check: TestFirstCome
// Says: overtaken

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
		if err := ctx.Err(); err != nil {
			return err
		}
		stop := context.AfterFunc(ctx, func() {
			mu.Lock()
			defer mu.Unlock()
			left.Broadcast()
		})
		defer stop()
		mu.Lock()
		for inside >= places && ctx.Err() == nil {
			left.Wait()
		}
		if err := ctx.Err(); err != nil {
			mu.Unlock()
			return err
		}
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
