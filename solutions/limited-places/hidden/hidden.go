// Package hidden holds the hidden checks of limited-places.
package hidden

import (
	"context"
	"errors"
	"testing"
	"time"

	exercise "github.com/interleave-lab/interleave/exercises/limited-places"
	"github.com/interleave-lab/interleave/internal/engine/probe"
	"github.com/interleave-lab/interleave/internal/engine/schedule"
)

// TestTooLate: a call whose context has ended does not use a free place.
//
//interleave:points 2
func TestTooLate(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		err := exercise.NewLimit(2)(ctx, func() error {
			t.Error("The context had ended before limit was called, and use was called all the same.")
			return nil
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("The context had ended before limit was called, and limit returned %v.", err)
		}
	})
}

// TestPlaceAndEndAtOnce: a context that ends just when a place is free loses no place.
//
//interleave:points 3
func TestPlaceAndEndAtOnce(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		const places, threads = 2, 6
		limit := exercise.NewLimit(places)
		var load probe.Load
		done := make(chan bool)
		for range threads {
			go func() {
				ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
				defer cancel()
				_ = limit(ctx, func() error {
					load.Enter()
					defer load.Leave()
					time.Sleep(time.Second)
					return nil
				})
				done <- true
			}()
		}
		for range threads {
			<-done
		}
		if load.Most() > places {
			t.Errorf("%d threads were inside at once, and there are %d places.", load.Most(), places)
		}
		gate := probe.NewGate(places)
		for range places {
			go func() {
				_ = limit(context.Background(), func() error { gate.Pass(); return nil })
				done <- true
			}()
		}
		for range places {
			<-done
		}
		if gate.Most() < places {
			t.Errorf("Contexts ended while places were given back, and now only %d of %d places can be had.", gate.Most(), places)
		}
	})
}

// TestOwnPlaces: two limits have places of their own.
func TestOwnPlaces(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		one, other := exercise.NewLimit(1), exercise.NewLimit(1)
		inside := false
		_ = one(t.Context(), func() error {
			ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
			defer cancel()
			return other(ctx, func() error { inside = true; return nil })
		})
		if !inside {
			t.Error("The place of one limit was taken, and then the other had none. Each call of NewLimit makes places of its own.")
		}
	})
}
