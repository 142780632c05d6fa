package locks_test

import (
	"context"
	"slices"
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
		if got, want := cond.String(), "Cond: worker 0, worker 1, worker 2, worker 3 wait"; got != want {
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
	virtual(t, "a wait for a condition can be called off", func(t *testing.T) {
		cond := locks.NewCond("news", &sync.Mutex{})
		ready := false
		is := func() bool { return ready }
		cond.With(func() {
			begun := time.Now()
			if cond.WaitForTimeout(time.Minute, is) || time.Since(begun) != time.Minute {
				t.Error("it came true, or not in time:", time.Since(begun))
			}
		})
		threads.After(time.Second, "reporter", func() {
			cond.Broadcast() // too early
			time.Sleep(time.Second)
			cond.With(func() { ready = true })
			cond.Broadcast()
		})
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		cond.With(func() {
			if err := cond.WaitForContext(ctx, is); err != nil || !ready {
				t.Error(err, ready)
			}
		})
		cancel()
		cond.With(func() {
			if err := cond.WaitForContext(ctx, is); err != nil {
				t.Error("what is true needs no wait:", err)
			}
		})
	})
}
