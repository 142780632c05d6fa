package locks_test

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/locks"
	"github.com/interleave-lab/interleave/kernel-helpers/threads"
)

// caught calls f and returns the deadlock that it panics with, or nil.
func caught(f func()) (found *locks.DeadlockError) {
	defer func() {
		if err, ok := recover().(error); ok && !errors.As(err, &found) {
			panic(err)
		}
	}()
	f()
	return nil
}

func TestTwoLocksInOppositeOrder(t *testing.T) {
	for name, kind := range kinds {
		if name == "Semaphore" {
			continue // another goroutine may release it: see below
		}
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				a, b := kind(), kind()
				var group threads.Group
				group.Go("worker 1", func() {
					a.with(func() { time.Sleep(time.Second); b.with(func() {}) })
				})
				group.Go("worker 2", func() {
					b.with(func() { time.Sleep(2 * time.Second); a.with(func() {}) })
				})
				start := time.Now()
				found := caught(group.Wait)
				if found == nil {
					t.Fatal("not found")
				}
				if took := time.Since(start); took > 3*time.Second {
					t.Errorf("found after %v, and it was there after 2 s", took)
				}
				if len(found.Cycle) != 2 || found.Cycle[0].Waiter != "worker 2" || found.Cycle[0].Holder != "worker 1" || found.Cycle[1].Waiter != "worker 1" {
					t.Errorf("cycle %+v, want worker 2 first, who closed it", found.Cycle)
				}
				for _, edge := range found.Cycle {
					if !strings.HasSuffix(edge.Lock, " the door") || !strings.Contains(edge.Line, "a.with(func() { time.Sleep") && !strings.Contains(edge.Line, "b.with(func() { time.Sleep") {
						t.Errorf("edge %+v", edge)
					}
				}
			})
		})
	}
}

func TestDeadlocks(t *testing.T) {
	for name, c := range map[string]struct {
		run  func()
		want string // of the error
	}{
		"lock twice": {
			func() {
				mu := locks.NewMutex("mu")
				mu.Lock()
				mu.Lock()
			}, "locks: deadlock: goroutine * waits for lock mu, which it holds itself, at `mu.Lock()` (deadlock_test.go:*).\nUnlock it first",
		},
		"a lock without a name": {
			func() {
				var account struct{ mu locks.Mutex }
				account.mu.Lock()
				account.mu.Lock()
			}, "locks: deadlock: goroutine * waits for lock account.mu, which it holds itself",
		},
		"write while reading": {
			func() {
				rw := locks.NewRWMutex("rw")
				rw.RLock()
				rw.Lock()
			}, "locks: deadlock: goroutine * waits for lock rw, which it holds itself",
		},
		"read twice around a writer": {
			func() {
				rw := locks.NewRWMutex("rw")
				rw.RLock()
				defer rw.RUnlock()
				threads.Go("writer", func() { rw.With(func() {}) })
				synctest.Wait()
				rw.RLock()
			}, "locks: deadlock: goroutine * waits for lock rw, which it holds itself",
		},
		"three in a circle": {
			func() {
				ring := []*locks.Mutex{locks.NewMutex("a"), locks.NewMutex("b"), locks.NewMutex("c")}
				var group threads.Group
				for i, name := range []string{"philosopher 1", "philosopher 2", "philosopher 3"} {
					group.Go(name, func() {
						ring[i].With(func() {
							time.Sleep(time.Duration(i+1) * time.Second)
							ring[(i+1)%3].With(func() {})
						})
					})
				}
				group.Wait()
			}, "locks: deadlock: each of these waits for the next, and the last for the first.\n" +
				"  philosopher 3 waits for lock a, which philosopher 1 holds, at `*\n" +
				"  philosopher 1 waits for lock b, which philosopher 2 holds, at `*\n" +
				"  philosopher 2 waits for lock c, which philosopher 3 holds, at `*\n" +
				"Take these locks in the same order everywhere, or hold one at a time.",
		},
		"a lock held over the GIL": {
			func() {
				var gil locks.GIL
				mu := locks.NewMutex("mu")
				threads.Go("worker", func() {
					mu.With(func() { time.Sleep(time.Second); gil.Run(func() {}) })
				})
				gil.Run(func() { time.Sleep(2 * time.Second); mu.With(func() {}) })
			}, "locks: deadlock: each of these waits for the next, and the last for the first.\n" +
				"  goroutine * waits for lock mu, which worker holds, at `*\n" +
				"  worker waits for lock gil, which goroutine * holds, at `mu.With(*",
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				found := caught(c.run)
				if found == nil {
					t.Fatal("not found")
				}
				if got := found.Error(); !matches(got, c.want) {
					t.Errorf("got\n%s\nwant\n%s", got, c.want)
				}
			})
		})
	}
}

// matches compares with the beginning of text; * is anything within a line.
func matches(text, pattern string) bool {
	before, pattern, star := strings.Cut(pattern, "*")
	if !strings.HasPrefix(text, before) {
		return false
	}
	if !star {
		return true
	}
	for text = text[len(before):]; ; text = text[1:] {
		if matches(text, pattern) {
			return true
		}
		if text == "" || text[0] == '\n' {
			return false
		}
	}
}

func TestNotADeadlock(t *testing.T) {
	for name, run := range map[string]func(){
		"another goroutine unlocks soon": func() {
			var mu locks.Mutex
			mu.Lock()
			go func() { time.Sleep(50 * time.Millisecond); mu.Unlock() }()
			mu.Lock()
		},
		"a lock that another goroutine has unlocked before": func() {
			var mu locks.Mutex
			mu.Lock()
			elsewhere(mu.Unlock)
			mu.Lock()
			go func() { time.Sleep(time.Hour); mu.Unlock() }()
			mu.Lock()
		},
		"a wait that ends by itself": func() {
			var a, b locks.Mutex
			a.Lock()
			worker := threads.Go("worker", func() {
				b.With(func() { a.With(func() {}) })
			})
			synctest.Wait()
			if b.LockTimeout(time.Hour) {
				panic("got it")
			}
			a.Unlock()
			worker.Join()
		},
		"a semaphore as a signal": func() {
			ready := locks.NewSemaphore("ready", 1)
			ready.Acquire()
			go func() { time.Sleep(time.Hour); ready.Release() }()
			ready.Acquire()
		},
		"one of several permits comes back": func() {
			slots := locks.NewBoundedSemaphore("slots", 2)
			var mu locks.Mutex
			mu.Lock()
			var group threads.Group
			group.Go("stuck", func() { slots.With(func() { mu.With(func() {}) }) })
			group.Go("slow", func() { slots.With(func() { time.Sleep(time.Hour) }) })
			synctest.Wait()
			slots.With(mu.Unlock)
			group.Wait()
		},
		"locked again by its holder": func() {
			var mu locks.RMutex
			mu.With(func() { mu.With(func() { time.Sleep(time.Hour) }) })
		},
		"a long queue": func() {
			var mu locks.Mutex
			var group threads.Group
			for range 100 {
				group.Go("worker", func() { mu.With(func() { time.Sleep(time.Hour) }) })
			}
			group.Wait()
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				if found := caught(run); found != nil {
					t.Error(found)
				}
			})
		})
	}
}

// Who panics leaves the queue: those behind go on.
func TestOthersGoOnAfterADeadlock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		rw := locks.NewRWMutex("rw")
		rw.RLock()
		reader := threads.New("reader", func() { rw.WithRead(func() {}) })
		closer := threads.Go("closer", func() {
			rw.WithRead(func() {
				time.AfterFunc(time.Millisecond, reader.Start) // behind the writer
				if caught(rw.Lock) == nil {
					t.Error("not found")
				}
				reader.Join()
			})
		})
		closer.Join()
		rw.RUnlock()
		if !rw.TryLock() {
			t.Error("not free in the end:", rw)
		}
	})
}
