package locks_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/locks"
	"github.com/interleave-lab/interleave/kernel-helpers/threads"
)

func TestBarrier(t *testing.T) {
	virtual(t, "all go on together, round after round", func(t *testing.T) {
		b := locks.NewBarrier("start", 3)
		calls := 0
		b.Before(func() { calls++; time.Sleep(time.Second) })
		start := time.Now()
		places := make([][]int, 2)
		var mu sync.Mutex
		group := queueUp(3, func(id int) {
			for round := range 2 {
				time.Sleep(time.Duration(id) * time.Minute)
				place, err := b.Wait()
				if took := time.Since(start); err != nil || took != time.Duration(round+1)*(2*time.Minute+time.Second) {
					t.Errorf("round %d: worker %d went on after %v: %v", round, id, took, err)
				}
				mu.Lock()
				places[round] = append(places[round], place)
				mu.Unlock()
			}
		})
		if got, want := b.String(), "Barrier start: 1 of 3 are there; worker 0 waits"; got != want {
			t.Errorf("told as %q, want %q", got, want)
		}
		group.Wait()
		for _, p := range places {
			if slices.Sort(p); !slices.Equal(p, []int{0, 1, 2}) {
				t.Error("places", places)
			}
		}
		if calls != 2 || b.Parties() != 3 {
			t.Errorf("the action was called %d times", calls)
		}
	})
	breaks := map[string]func(b *locks.Barrier){
		"a timeout breaks it": func(b *locks.Barrier) {
			if _, ok := b.WaitTimeout(time.Minute); ok {
				panic("not all arrived")
			}
		},
		"a context breaks it": func(b *locks.Barrier) {
			why := errors.New("why")
			ctx, cancel := context.WithCancelCause(context.Background())
			time.AfterFunc(time.Minute, func() { cancel(why) })
			if _, err := b.WaitContext(ctx); err != why {
				panic(err)
			}
		},
		"a context that is done breaks it": func(b *locks.Barrier) {
			ctx, cancel := context.WithCancel(context.Background())
			cancel()
			if _, err := b.WaitContext(ctx); err != context.Canceled {
				panic(err)
			}
		},
		"Abort breaks it": (*locks.Barrier).Abort,
		"an action that panics breaks it": func(b *locks.Barrier) {
			b.Before(func() { panic("boom") })
			threads.Go("second", func() { b.Wait() })
			synctest.Wait()
			defer func() {
				if recover() != "boom" {
					panic("the panic was lost")
				}
			}()
			b.Wait()
		},
	}
	for name, breakIt := range breaks {
		virtual(t, name, func(t *testing.T) {
			b := locks.NewBarrier("start", 3)
			waiter := threads.Go("waiter", func() {
				if _, err := b.Wait(); err != locks.ErrBroken {
					t.Error("who waited got", err)
				}
			})
			synctest.Wait()
			breakIt(b)
			waiter.Join()
			if _, err := b.Wait(); err != locks.ErrBroken || !b.Broken() || b.String() != "Barrier start: broken" {
				t.Errorf("who came later got %v at %v", err, b)
			}
			b.Before(nil)
			b.Reset()
			group := queueUp(3, func(int) {
				if _, err := b.Wait(); err != nil {
					t.Error("after Reset:", err)
				}
			})
			group.Wait()
		})
	}
	virtual(t, "Reset sends those away who wait", func(t *testing.T) {
		b := locks.NewBarrier("start", 2)
		waiter := threads.Go("waiter", func() {
			if _, err := b.Wait(); err != locks.ErrBroken {
				t.Error(err)
			}
		})
		synctest.Wait()
		b.Reset()
		waiter.Join()
		if b.Broken() {
			t.Error("broken after Reset")
		}
	})
	virtual(t, "Abort while the action runs", func(t *testing.T) {
		b := locks.NewBarrier("start", 2)
		b.Before(b.Abort)
		group := queueUp(2, func(int) {
			if _, err := b.Wait(); err != locks.ErrBroken {
				t.Error(err)
			}
		})
		group.Wait()
	})
}
