package locks_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/locks"
	"github.com/interleave-lab/interleave/kernel-helpers/threads"
)

var (
	_ sync.Locker = (*locks.Mutex)(nil)
	_ sync.Locker = (*locks.RMutex)(nil)
	_ sync.Locker = (*locks.RWMutex)(nil)
)

// virtual runs a test in virtual time.
func virtual(t *testing.T, name string, test func(t *testing.T)) {
	t.Run(name, func(t *testing.T) { synctest.Test(t, test) })
}

func TestRWMutex(t *testing.T) {
	virtual(t, "readers are together and writers alone", func(t *testing.T) {
		var rw locks.RWMutex
		start := time.Now()
		group := queueUp(3, func(int) { rw.WithRead(func() { time.Sleep(time.Second) }) })
		if got := rw.Holders(); !slices.Equal(got, []string{"worker 0", "worker 1", "worker 2"}) {
			t.Error("holders", got)
		}
		if got, want := rw.String(), "RWMutex: held by worker 0, worker 1, worker 2 to read"; got != want {
			t.Errorf("told as %q, want %q", got, want)
		}
		group.Go("writer", func() { rw.With(func() { time.Sleep(time.Second) }) })
		group.Go("writer", func() { rw.With(func() { time.Sleep(time.Second) }) })
		group.Wait()
		if took := time.Since(start); took != 3*time.Second {
			t.Errorf("took %v, want one second for the readers and one for each writer", took)
		}
	})
	virtual(t, "readers wait behind a writer that waits", func(t *testing.T) {
		var rw locks.RWMutex
		rw.RLock()
		var order []string
		group := queueUp(3, func(id int) {
			if id == 0 {
				rw.With(func() { order = append(order, "writer"); time.Sleep(time.Second) })
			} else {
				rw.WithRead(func() { time.Sleep(time.Second) })
			}
		})
		elsewhere(func() {
			if rw.TryRLock() || rw.RLockTimeout(time.Minute) {
				t.Error("a reader overtook a writer")
			}
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			if err := rw.RLockContext(ctx); err != context.DeadlineExceeded {
				t.Error(err)
			}
		})
		order = append(order, "reader")
		rw.RUnlock()
		group.Wait()
		if !slices.Equal(order, []string{"reader", "writer"}) {
			t.Error(order)
		}
	})
	virtual(t, "readers go on when the writer before them gives up", func(t *testing.T) {
		var rw locks.RWMutex
		rw.RLock()
		group := queueUp(2, func(id int) {
			if id == 0 {
				if rw.LockTimeout(time.Minute) {
					t.Error("got it")
				}
			} else {
				start := time.Now()
				rw.WithRead(func() {})
				if took := time.Since(start); took != time.Minute {
					t.Errorf("waited %v", took)
				}
			}
		})
		group.Wait()
		rw.RUnlock()
	})
	virtual(t, "as a Locker it reads", func(t *testing.T) {
		var rw locks.RWMutex
		rw.RLock()
		reader := rw.RLocker()
		reader.Lock()
		reader.Unlock()
		rw.RUnlock()
		if !rw.TryLock() {
			t.Error("not free:", &rw)
		}
	})
}

func TestRMutex(t *testing.T) {
	virtual(t, "is free after as many Unlocks", func(t *testing.T) {
		var r locks.RMutex
		r.Lock()
		if !r.TryLock() || !r.LockTimeout(time.Second) || r.LockContext(t.Context()) != nil {
			t.Fatal("its holder may lock it again")
		}
		for range 4 {
			elsewhere(func() {
				if r.TryLock() {
					t.Error("taken from its holder")
				}
			})
			r.Unlock()
		}
		elsewhere(func() {
			if !r.TryLock() {
				t.Error("not free in the end")
			}
		})
	})
	virtual(t, "a condition gives it up wholly", func(t *testing.T) {
		var r locks.RMutex
		cond := locks.NewCond("turn", &r)
		turn := false
		go cond.With(func() { turn = true; cond.Signal() })
		r.With(func() { r.With(func() { cond.WaitFor(func() bool { return turn }) }) })
		if r.Holder() != "" {
			t.Error("not free in the end:", &r)
		}
	})
}

func TestSemaphore(t *testing.T) {
	virtual(t, "as many at once as there are permits", func(t *testing.T) {
		s := locks.NewSemaphore("slots", 3)
		var inside, most atomic.Int32
		start := time.Now()
		group := queueUp(9, func(int) {
			s.With(func() {
				most.Store(max(most.Load(), inside.Add(1)))
				time.Sleep(time.Second)
				inside.Add(-1)
			})
		})
		if got, want := s.String(), "Semaphore slots: 0 permits free, held by worker 0, worker 1, worker 2; worker 3, worker 4, worker 5, worker 6, worker 7, worker 8 wait"; got != want {
			t.Errorf("told as %q, want %q", got, want)
		}
		group.Wait()
		if most.Load() != 3 || time.Since(start) != 3*time.Second || s.Permits() != 3 || len(s.Holders()) != 0 {
			t.Errorf("%d at once, in %v; in the end %v", most.Load(), time.Since(start), s)
		}
	})
	virtual(t, "a Release without Acquire makes a permit", func(t *testing.T) {
		var ready locks.Semaphore
		go func() { time.Sleep(time.Hour); ready.Release(); ready.Release() }()
		ready.Acquire()
		ready.Acquire()
		if ready.Permits() != 0 {
			t.Error(&ready)
		}
	})
}

func TestEvent(t *testing.T) {
	virtual(t, "lets all go on", func(t *testing.T) {
		var e locks.Event
		if e.IsSet() || e.WaitTimeout(time.Minute) {
			t.Fatal("set from the start")
		}
		group := queueUp(3, func(int) { e.Wait() })
		if got, want := e.String(), "Event: not set; worker 0, worker 1, worker 2 wait"; got != want {
			t.Errorf("told as %q, want %q", got, want)
		}
		e.Set()
		e.Clear() // too late to keep them
		group.Wait()
		if e.IsSet() || e.WaitTimeout(0) {
			t.Error("set after Clear")
		}
		e.Set()
		e.Wait()
		if !e.WaitTimeout(0) || e.WaitContext(t.Context()) != nil {
			t.Error("not set after Set")
		}
	})
	virtual(t, "a wait can be called off", func(t *testing.T) {
		e := locks.NewEvent("ready")
		ctx, cancel := context.WithCancel(t.Context())
		waiter := threads.Go("waiter", func() {
			if err := e.WaitContext(ctx); err != context.Canceled {
				t.Error(err)
			}
		})
		synctest.Wait()
		cancel()
		waiter.Join()
		if len(e.Waiting()) != 0 {
			t.Error(e)
		}
	})
}

func TestCond(t *testing.T) {
	virtual(t, "Signal lets the first go on and Broadcast all", func(t *testing.T) {
		var mu locks.Mutex
		cond := locks.Cond{L: &mu}
		var order []int
		group := queueUp(4, func(id int) {
			cond.With(func() { cond.Wait(); order = append(order, id) })
		})
		if got, want := cond.String(), "Cond: 4 goroutines in the queue; worker 0, worker 1, worker 2, worker 3 wait"; got != want {
			t.Errorf("told as %q, want %q", got, want)
		}
		cond.Signal()
		synctest.Wait()
		mu.With(func() {
			if !slices.Equal(order, []int{0}) {
				t.Error("after Signal:", order)
			}
		})
		cond.Broadcast()
		group.Wait()
		if slices.Sort(order); !slices.Equal(order, []int{0, 1, 2, 3}) {
			t.Error("after Broadcast:", order)
		}
		cond.Signal() // nobody: lost
		cond.With(func() {
			if cond.WaitTimeout(time.Minute) {
				t.Error("a signal was kept")
			}
			if mu.Holder() == "" {
				t.Error("the lock was not taken again after the timeout")
			}
		})
	})
	virtual(t, "a wait can be called off", func(t *testing.T) {
		cond := locks.NewCond("news", &sync.Mutex{})
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		cond.With(func() {
			for range 2 {
				if err := cond.WaitContext(ctx); err != context.DeadlineExceeded {
					t.Error(err)
				}
			}
		})
	})
}

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

func TestMisuseSaysWhatToDo(t *testing.T) {
	held := locks.NewRMutex("accounts")
	holder := threads.Go("worker 1", held.Lock)
	<-holder.Done()
	var plain locks.Mutex
	for name, c := range map[string]struct {
		do   func()
		want string
	}{
		"unlock a Mutex twice":      {new(locks.Mutex).Unlock, "locks: Unlock of a Mutex that is not locked; unlock it once for each Lock"},
		"unlock an RMutex twice":    {new(locks.RMutex).Unlock, "locks: Unlock of the RMutex, which is not locked"},
		"unlock another's RMutex":   {held.Unlock, "locks: Unlock of RMutex accounts, which "},
		"Unlock without Lock":       {new(locks.RWMutex).Unlock, "locks: Unlock of an RWMutex that is not locked to write; RUnlock ends an RLock"},
		"RUnlock without RLock":     {new(locks.RWMutex).RUnlock, "locks: RUnlock of an RWMutex that is not locked to read; Unlock ends a Lock"},
		"one Release too many":      {locks.NewBoundedSemaphore("slots", 2).Release, "locks: Release of BoundedSemaphore slots, which has all of its 2 permits; release once for each Acquire"},
		"fewer than no permits":     {func() { locks.NewSemaphore("slots", -1) }, "locks: a semaphore with -1 permits; give it none or more"},
		"bounded by nothing":        {func() { locks.NewBoundedSemaphore("slots", 0) }, "locks: a BoundedSemaphore without permits; give it at least one"},
		"a Cond without a lock":     {new(locks.Cond).Wait, "locks: Wait of a Cond without a lock; make it with NewCond"},
		"Wait without the lock":     {locks.NewCond("c", &plain).Wait, "locks: Unlock of a Mutex that is not locked"},
		"Wait without the RMutex":   {locks.NewCond("c", new(locks.RMutex)).Wait, "locks: Wait with the RMutex, which is not locked"},
		"a barrier for nobody":      {func() { new(locks.Barrier).Wait() }, "locks: Wait of a Barrier for nobody; make it with NewBarrier"},
		"a barrier for less":        {func() { locks.NewBarrier("b", 0) }, "locks: a barrier for 0 goroutines; it needs at least one"},
		"Check without the GIL":     {new(locks.GIL).Check, "locks: Check of the GIL outside its Run; what computes must hold it"},
		"Sleep without the GIL":     {func() { locks.NewGIL("python").Sleep(0) }, "locks: Wait of GIL python outside its Run"},
		"no switch interval at all": {func() { new(locks.GIL).SetSwitchInterval(0) }, "locks: a switch interval of 0s; it must be longer than nothing"},
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if got := fmt.Sprint(recover()); !strings.HasPrefix(got, c.want) {
					t.Errorf("panic %q, want %q", got, c.want)
				}
			}()
			c.do()
		})
	}
}
