// Package checks holds the public checks of limited-places.
package checks

import (
	"context"
	"errors"
	"testing"
	"time"

	exercise "github.com/interleave-lab/interleave/exercises/limited-places"
	"github.com/interleave-lab/interleave/internal/engine/probe"
	"github.com/interleave-lab/interleave/internal/engine/schedule"
)

// together has so many threads use the resource, and returns when all have.
func together(t *testing.T, limit exercise.Limit, threads int, use func()) {
	t.Helper()
	errs := make(chan error)
	for range threads {
		go func() { errs <- limit(t.Context(), func() error { use(); return nil }) }()
	}
	for range threads {
		if err := <-errs; err != nil {
			t.Errorf("No call of use failed, and limit returned the error %q.", err)
		}
	}
}

// free reports whether a place can be had.
func free(limit exercise.Limit) bool {
	ctx, cancel := context.WithTimeout(context.Background(), time.Hour)
	defer cancel()
	used := make(chan bool, 1)
	go func() { _ = limit(ctx, func() error { used <- true; return nil }) }()
	select {
	case <-used:
		return true
	case <-time.After(2 * time.Hour):
		return false
	}
}

// TestNeverMore: never more threads use it at once than there are places.
//
//interleave:points 3
func TestNeverMore(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		const places = 2
		var load probe.Load
		together(t, exercise.NewLimit(places), 5, func() {
			load.Enter()
			defer load.Leave()
			time.Sleep(time.Second)
		})
		if load.Most() > places {
			t.Errorf("%d calls of use were under way at once, and there are %d places.", load.Most(), places)
		}
		if load.Total() != 5 {
			t.Errorf("5 threads called limit once each, and use was called %d times.", load.Total())
		}
	})
}

// TestAllPlaces: as many threads use it at once as there are places.
//
//interleave:points 3
func TestAllPlaces(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		const places = 3
		gate := probe.NewGate(places)
		together(t, exercise.NewLimit(places), places, gate.Pass)
		if gate.Most() < places {
			t.Errorf("%d threads wanted a place, and only %d of %d places were used at once.", places, gate.Most(), places)
		}
	})
}

// TestGivenBack: a place is given back after an error and after a panic, which whoever called is told.
//
//interleave:points 3
func TestGivenBack(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		limit := exercise.NewLimit(1)
		jam := errors.New("paper jam")
		if err := limit(t.Context(), func() error { return jam }); !errors.Is(err, jam) {
			t.Fatalf("The call of use failed with %q, and limit returned %v.", jam, err)
		}
		if !free(limit) {
			t.Fatal("The place was not given back after an error of use.")
		}
		func() {
			defer func() {
				if got := recover(); got != "fire" {
					t.Fatalf("The call of use panicked with \"fire\", and what came out of limit was %v.", got)
				}
			}()
			_ = limit(t.Context(), func() error { panic("fire") })
		}()
		if !free(limit) {
			t.Fatal("The place was not given back after a panic of use. Defer that.")
		}
	})
}

// TestGivingUp: who waits until the context ends gives up, and loses nobody a place.
//
//interleave:points 3
func TestGivingUp(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		limit := exercise.NewLimit(1)
		leave := make(chan bool)
		entered := make(chan bool)
		done := make(chan error, 2)
		go func() {
			done <- limit(context.Background(), func() error { entered <- true; <-leave; return nil })
		}()
		<-entered
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		go func() {
			done <- limit(ctx, func() error { t.Error("The context had ended, and use was called."); return nil })
		}()
		select {
		case err := <-done:
			if !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("The context of a caller that waited ended, and limit returned %v, not ctx.Err().", err)
			}
		case <-time.After(time.Hour):
			t.Error("The context of a caller that waited ended, and limit did not return while the place was taken.")
			leave <- true
			<-done
			<-done
			return
		}
		leave <- true
		<-done
		if !free(limit) {
			t.Error("A caller that waited gave up, and since then a place is lost.")
		}
	})
}

// TestFirstCome: of those that wait, the one that came first is served first.
//
//interleave:points 2
func TestFirstCome(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		const threads = 4
		limit := exercise.NewLimit(1)
		served := probe.NewJournal[int](threads)
		done := make(chan bool)
		for i := range threads {
			go func() {
				_ = limit(t.Context(), func() error {
					served.Note(i)
					time.Sleep(24 * time.Hour) // until all of them are there
					return nil
				})
				done <- true
			}()
			time.Sleep(time.Hour) // until it has its place, or waits for one
		}
		for range threads {
			<-done
		}
		for i, who := range served.Notes() {
			if who != i {
				t.Fatalf("Thread %d came before thread %d, and was overtaken by it.", i, who)
			}
		}
	})
}
