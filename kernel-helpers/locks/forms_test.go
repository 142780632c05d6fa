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

// lock is what all primitives have in common that one goroutine at a time holds.
type lock struct {
	lock, unlock func()
	with         func(func())
	try          func() bool
	context      func(context.Context) error
	timeout      func(time.Duration) bool
	waiting      func() []string
	String       func() string
}

// kinds makes each of them, unlocked and called "the door".
var kinds = map[string]func() lock{
	"Mutex": func() lock {
		m := locks.NewMutex("the door")
		return lock{m.Lock, m.Unlock, m.With, m.TryLock, m.LockContext, m.LockTimeout, m.Waiting, m.String}
	},
	"RMutex": func() lock {
		m := locks.NewRMutex("the door")
		return lock{m.Lock, m.Unlock, m.With, m.TryLock, m.LockContext, m.LockTimeout, m.Waiting, m.String}
	},
	"RWMutex": func() lock {
		m := locks.NewRWMutex("the door")
		return lock{m.Lock, m.Unlock, m.With, m.TryLock, m.LockContext, m.LockTimeout, m.Waiting, m.String}
	},
	"Semaphore": func() lock {
		s := locks.NewSemaphore("the door", 1)
		return lock{s.Acquire, s.Release, s.With, s.TryAcquire, s.AcquireContext, s.AcquireTimeout, s.Waiting, s.String}
	},
	"BoundedSemaphore": func() lock {
		s := locks.NewBoundedSemaphore("the door", 1)
		return lock{s.Acquire, s.Release, s.With, s.TryAcquire, s.AcquireContext, s.AcquireTimeout, s.Waiting, s.String}
	},
}

// eachKind runs a test in virtual time for each of them.
func eachKind(t *testing.T, test func(*testing.T, lock)) {
	for name, kind := range kinds {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { test(t, kind()) })
		})
	}
}

// elsewhere runs f in a goroutine of its own, and returns when it has ended.
func elsewhere(f func()) { threads.Go("elsewhere", f).Join() }

// queueUp starts workers 0 to n-1, each once the one before waits.
func queueUp(n int, work func(id int)) *threads.Group {
	var group threads.Group
	for id := range n {
		group.Go(fmt.Sprint("worker ", id), func() { work(id) })
		synctest.Wait()
	}
	return &group
}

func TestWaitersAreServedInTheOrderOfArrival(t *testing.T) {
	eachKind(t, func(t *testing.T, l lock) {
		l.lock()
		var order []int
		group := queueUp(5, func(id int) {
			l.with(func() {
				order = append(order, id)
				time.Sleep(time.Hour)
			})
		})
		want := []string{"worker 0", "worker 1", "worker 2", "worker 3", "worker 4"}
		if got := l.waiting(); !slices.Equal(got, want) {
			t.Errorf("waiting %v, want %v", got, want)
		}
		if got := l.String(); !strings.Contains(got, "the door: ") || !strings.HasSuffix(got, "; worker 0, worker 1, worker 2, worker 3, worker 4 wait") {
			t.Errorf("told as %q", got)
		}
		time.Sleep(time.Second)
		l.unlock()
		start := time.Now()
		group.Wait()
		if took := time.Since(start); took != 5*time.Hour {
			t.Errorf("five hours one after the other took %v", took)
		}
		if !slices.IsSorted(order) {
			t.Errorf("served %v, want the order of arrival", order)
		}
		if got := l.String(); strings.Contains(got, "wait") || !strings.Contains(got, "free") {
			t.Errorf("in the end told as %q", got)
		}
	})
}

func TestTryTakesOnlyWhatIsFree(t *testing.T) {
	eachKind(t, func(t *testing.T, l lock) {
		if !l.try() {
			t.Fatal("a new one is not free")
		}
		elsewhere(func() {
			if l.try() {
				t.Error("a held one was taken")
			}
		})
		l.unlock()
		if !l.try() {
			t.Error("one that was given up is not free")
		}
	})
}

func TestTimeout(t *testing.T) {
	eachKind(t, func(t *testing.T, l lock) {
		if !l.timeout(0) {
			t.Fatal("a free one was not taken at once")
		}
		elsewhere(func() {
			start := time.Now()
			if l.timeout(time.Minute) || time.Since(start) != time.Minute {
				t.Errorf("a held one was taken, or not waited for as long as was asked: %v", time.Since(start))
			}
			if l.timeout(0) || l.timeout(-1) || time.Since(start) != time.Minute {
				t.Error("no time at all is not at once")
			}
		})
		waiter := threads.Go("waiter", func() {
			if !l.timeout(time.Minute) {
				t.Error("given up in time, and not taken")
			}
		})
		time.Sleep(time.Minute - 1)
		l.unlock()
		waiter.Join()
		if len(l.waiting()) != 0 {
			t.Error("somebody is still in the queue:", l.waiting())
		}
	})
}

func TestContext(t *testing.T) {
	eachKind(t, func(t *testing.T, l lock) {
		closing := errors.New("closing time")
		ctx, cancel := context.WithCancelCause(t.Context())
		if err := l.context(ctx); err != nil {
			t.Fatal(err)
		}
		waiter := threads.Go("waiter", func() {
			if err := l.context(ctx); err != closing {
				t.Errorf("got %v, want the context's cause", err)
			}
		})
		time.Sleep(time.Hour)
		cancel(closing)
		waiter.Join()
		l.unlock()
		if err := l.context(ctx); err != closing {
			t.Errorf("a context that is done: got %v, want its cause", err)
		}
		if !l.try() {
			t.Error("taken all the same")
		}
	})
}

func TestWhoLeavesTheQueueDoesNotHoldUpOthers(t *testing.T) {
	eachKind(t, func(t *testing.T, l lock) {
		l.lock()
		served := map[int]bool{}
		group := queueUp(4, func(id int) {
			if id%2 == 0 {
				if l.timeout(time.Minute) {
					t.Error("got what is held for an hour")
				}
				return
			}
			l.with(func() { served[id] = true })
		})
		time.Sleep(time.Hour)
		l.unlock()
		group.Wait()
		if !served[1] || !served[3] {
			t.Errorf("served %v", served)
		}
	})
}

func TestWithGivesUpAfterAPanic(t *testing.T) {
	eachKind(t, func(t *testing.T, l lock) {
		func() {
			defer func() { recover() }()
			l.with(func() { panic("boom") })
		}()
		elsewhere(func() {
			if !l.try() {
				t.Error("still held")
				return
			}
			l.unlock()
		})
	})
}

// Real time: the scheduler decides who is faster.
func TestStress(t *testing.T) {
	for name, kind := range kinds {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := kind()
			holders, count, taken := atomic.Int32{}, 0, atomic.Int32{}
			visit := func() {
				if holders.Add(1) != 1 {
					t.Error("two holders")
				}
				count++ // the race detector watches
				taken.Add(1)
				holders.Add(-1)
			}
			var wg sync.WaitGroup
			for id := range 8 {
				wg.Go(func() {
					for round := range 300 {
						switch (id + round) % 4 {
						case 0:
							l.with(visit)
						case 1:
							if l.try() {
								visit()
								l.unlock()
							}
						case 2: // the time is often up at the moment of the hand-over
							if l.timeout(time.Duration(round) * 100) {
								visit()
								l.unlock()
							}
						case 3:
							ctx, cancel := context.WithCancel(t.Context())
							go cancel()
							if l.context(ctx) == nil {
								visit()
								l.unlock()
							}
						}
					}
				})
			}
			wg.Wait()
			if count != int(taken.Load()) {
				t.Errorf("counted %d of %d", count, taken.Load())
			}
			if !l.try() {
				t.Error("lost: nobody holds it, and it is not free")
			}
			if waiting := l.waiting(); len(waiting) > 0 {
				t.Error("in the queue:", waiting)
			}
		})
	}
}

// One goroutine takes the lock again and again, and leaves it only for a moment.
func TestNobodyStarves(t *testing.T) {
	for name, kind := range kinds {
		t.Run(name, func(t *testing.T) {
			l := kind()
			var stop atomic.Bool
			var greedy sync.WaitGroup
			for range 2 {
				greedy.Go(func() {
					for !stop.Load() {
						l.with(func() { time.Sleep(100 * time.Microsecond) })
					}
				})
			}
			for range 10 {
				l.with(func() {})
			}
			stop.Store(true)
			greedy.Wait()
		})
	}
}
