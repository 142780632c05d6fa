package locks_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"github.com/interleave-lab/interleave/kernel-helpers/locks"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var _ sync.Locker = (*locks.Mutex)(nil)

func TestOneHolderAtATime(t *testing.T) {
	for name, work := range map[string]func(){
		"short sections":     func() {},
		"sections that wait": func() { time.Sleep(10 * time.Microsecond) },
	} {
		t.Run(name, func(t *testing.T) {
			var mu locks.Mutex
			var wg sync.WaitGroup
			count, holders := 0, atomic.Int32{}
			const goroutines, rounds = 8, 200
			for range goroutines {
				wg.Go(func() {
					for range rounds {
						mu.Lock()
						if holders.Add(1) != 1 {
							t.Error("two holders")
						}
						count++ // the race detector watches
						work()
						holders.Add(-1)
						mu.Unlock()
					}
				})
			}
			wg.Wait()
			if count != goroutines*rounds {
				t.Errorf("counted %d, want %d", count, goroutines*rounds)
			}
			if !mu.TryLock() {
				t.Error("the mutex is not free at the end")
			}
		})
	}
}

func TestWaitersAreServedInOrderInVirtualTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mu := locks.NewMutex("mu")
		mu.Lock()
		var order []int
		var wg sync.WaitGroup
		for id := range 5 {
			wg.Go(func() {
				mu.With(func() {
					order = append(order, id)
					time.Sleep(time.Hour)
				})
			})
			synctest.Wait() // until it waits: no time passes
		}
		time.Sleep(time.Second)
		mu.Unlock()
		start := time.Now()
		wg.Wait()
		if took := time.Since(start); took != 5*time.Hour {
			t.Errorf("five hours one after the other took %v", took)
		}
		for i, id := range order {
			if id != i {
				t.Fatalf("served %v, want the order of arrival", order)
			}
		}
	})
}

func TestTryLockTakesOnlyAFreeMutex(t *testing.T) {
	var mu locks.Mutex
	if !mu.TryLock() {
		t.Fatal("a new mutex is not free")
	}
	if mu.TryLock() {
		t.Fatal("a held mutex was taken")
	}
	mu.Unlock()
	if !mu.TryLock() {
		t.Fatal("an unlocked mutex is not free")
	}
}

func TestAnyGoroutineMayUnlock(t *testing.T) {
	var mu locks.Mutex
	mu.Lock()
	go mu.Unlock()
	mu.Lock()
}

func TestWithUnlocksAfterAPanic(t *testing.T) {
	var mu locks.Mutex
	func() {
		defer func() { recover() }()
		mu.With(func() { panic("boom") })
	}()
	if !mu.TryLock() {
		t.Error("the mutex is still held")
	}
}

func TestUnlockOfAnUnlockedMutexPanics(t *testing.T) {
	defer func() {
		if got := recover(); got != "locks: Unlock of a Mutex that is not locked; unlock it once for each Lock" {
			t.Errorf("panic %v", got)
		}
	}()
	var mu locks.Mutex
	mu.Unlock()
}

func TestWorksAsACondsLock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu locks.Mutex
		cond := sync.NewCond(&mu)
		ready := false
		go mu.With(func() { ready = true; cond.Broadcast() })
		mu.Lock()
		for !ready {
			cond.Wait()
		}
		mu.Unlock()
	})
}

func BenchmarkMutex(b *testing.B) {
	var ours locks.Mutex
	var syncs sync.Mutex
	for name, mu := range map[string]sync.Locker{"locks": &ours, "sync": &syncs} {
		b.Run(name+"/uncontended", func(b *testing.B) {
			for b.Loop() {
				mu.Lock()
				mu.Unlock()
			}
		})
		b.Run(name+"/contended", func(b *testing.B) {
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					mu.Lock()
					mu.Unlock()
				}
			})
		})
	}
}
