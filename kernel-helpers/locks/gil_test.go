package locks_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/locks"
)

func TestGIL(t *testing.T) {
	virtual(t, "one computes, all wait at once", func(t *testing.T) {
		var gil locks.GIL
		start := time.Now()
		queueUp(3, func(int) { gil.Run(func() { time.Sleep(time.Second) }) }).Wait()
		if took := time.Since(start); took != 3*time.Second {
			t.Errorf("computation of 3 × 1 s took %v", took)
		}
		start = time.Now()
		queueUp(3, func(int) { gil.Run(func() { gil.Sleep(time.Second) }) }).Wait()
		if took := time.Since(start); took != time.Second {
			t.Errorf("three naps of 1 s took %v", took)
		}
	})
	virtual(t, "Check gives way after the switch interval, in turn", func(t *testing.T) {
		gil := locks.NewGIL("python")
		gil.SetSwitchInterval(10 * time.Millisecond)
		var order []int
		queueUp(3, func(id int) {
			gil.Run(func() {
				for range 8 {
					if n := len(order); n == 0 || order[n-1] != id {
						order = append(order, id)
					}
					time.Sleep(5 * time.Millisecond) // computes
					gil.Check()
				}
			})
		}).Wait()
		if want := []int{0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2}; !slices.Equal(order, want) {
			t.Errorf("computed in the order %v, want %v: two steps each", order, want)
		}
	})
	virtual(t, "Check keeps the lock if nobody waits", func(t *testing.T) {
		var gil locks.GIL
		gil.Run(func() {
			gil.Run(func() { time.Sleep(time.Second); gil.Check() })
			if gil.Holder() == "" {
				t.Error("given up by an inner Run")
			}
		})
		if got, want := gil.String(), "GIL: free"; got != want {
			t.Errorf("told as %q", got)
		}
	})
	virtual(t, "waiting for it can be called off", func(t *testing.T) {
		var gil locks.GIL
		gil.Run(func() {
			elsewhere(func() {
				if gil.TryRun(func() {}) || gil.RunTimeout(time.Minute, func() {}) {
					t.Error("it was not free")
				}
				ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
				defer cancel()
				if err := gil.RunContext(ctx, func() {}); err != context.DeadlineExceeded {
					t.Error(err)
				}
			})
		})
		ran := 0
		run := func() { ran++ }
		if !gil.TryRun(run) || !gil.RunTimeout(0, run) || gil.RunContext(t.Context(), run) != nil || ran != 3 {
			t.Error("it was free")
		}
	})
	virtual(t, "a panic while waiting leaves it held, and then free", func(t *testing.T) {
		var gil locks.GIL
		func() {
			defer func() { recover() }()
			gil.Run(func() { gil.Wait(func() { panic("boom") }) })
		}()
		if !gil.TryRun(func() {}) {
			t.Error("not free")
		}
	})
}
