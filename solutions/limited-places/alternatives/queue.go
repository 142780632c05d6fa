//go:build ignore

// With a queue of those who wait, guarded by a mutex.

package limitedplaces

import (
	"context"
	"slices"
	"sync"
)

// Limit waits for a place, calls use, gives the place back, and returns the
// error of use; or ctx.Err(), without having called use, if ctx ends before.
type Limit func(ctx context.Context, use func() error) error

// NewLimit returns a Limit of so many places that all threads share which call
// it. Who has waited longest is served first.
func NewLimit(places int) Limit {
	var mu sync.Mutex // protects free and line
	free := places
	var line []chan struct{} // of those who wait; closed when it is their turn
	release := func() {
		mu.Lock()
		defer mu.Unlock()
		if len(line) == 0 {
			free++
			return
		}
		close(line[0])
		line = line[1:]
	}
	acquire := func(ctx context.Context) error {
		mu.Lock()
		if err := ctx.Err(); err != nil || free > 0 {
			defer mu.Unlock()
			if err == nil {
				free--
			}
			return err
		}
		turn := make(chan struct{})
		line = append(line, turn)
		mu.Unlock()
		select {
		case <-turn:
			return nil
		case <-ctx.Done():
		}
		mu.Lock()
		i := slices.Index(line, turn)
		if i >= 0 {
			line = slices.Delete(line, i, i+1)
		}
		mu.Unlock()
		if i < 0 { // it was given a place meanwhile
			release()
		}
		return ctx.Err()
	}
	return func(ctx context.Context, use func() error) error {
		if err := acquire(ctx); err != nil {
			return err
		}
		defer release()
		return use()
	}
}
