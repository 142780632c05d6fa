package sync_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	real "sync"
	"testing"
	"testing/synctest"

	"github.com/interleave-lab/interleave/internal/engine/schedule/atomic"
	"github.com/interleave-lab/interleave/internal/engine/schedule/sync"
)

// locker is what both packages' RWMutex can do.
type locker interface {
	TryLock() bool
	TryRLock() bool
	Unlock()
	RUnlock()
}

// table is what both packages' Map can do.
type table interface {
	Load(any) (any, bool)
	Store(any, any)
	LoadOrStore(any, any) (any, bool)
	LoadAndDelete(any) (any, bool)
	Delete(any)
	Swap(any, any) (any, bool)
	CompareAndSwap(any, any, any) bool
	CompareAndDelete(any, any) bool
	Range(func(any, any) bool)
	Clear()
}

// onLocks does what cannot fail, and returns what it was told.
func onLocks(l locker, r *rand.Rand) string {
	readers, writer := 0, false
	told := ""
	for range 50 {
		switch r.IntN(4) {
		case 0:
			ok := l.TryLock()
			writer = writer || ok
			told += fmt.Sprint("L", ok, " ")
		case 1:
			ok := l.TryRLock()
			if ok {
				readers++
			}
			told += fmt.Sprint("R", ok, " ")
		case 2:
			if writer {
				l.Unlock()
				writer = false
			}
		case 3:
			if readers > 0 {
				l.RUnlock()
				readers--
			}
		}
	}
	return told
}

func onTables(m table, r *rand.Rand) string {
	told := ""
	for range 100 {
		k, v, w := r.IntN(3), r.IntN(3), r.IntN(3)
		switch r.IntN(10) {
		case 0:
			m.Store(k, v)
		case 1:
			told += fmt.Sprintln(m.Load(k))
		case 2:
			told += fmt.Sprintln(m.LoadOrStore(k, v))
		case 3:
			told += fmt.Sprintln(m.LoadAndDelete(k))
		case 4:
			m.Delete(k)
		case 5:
			told += fmt.Sprintln(m.Swap(k, v))
		case 6:
			told += fmt.Sprintln(m.CompareAndSwap(k, v, w))
		case 7:
			told += fmt.Sprintln(m.CompareAndDelete(k, v))
		case 8:
			n := 0
			m.Range(func(k, v any) bool { n += 10*k.(int) + v.(int); return true })
			told += fmt.Sprintln(n)
		case 9:
			if r.IntN(10) == 0 {
				m.Clear()
			}
		}
	}
	return told
}

func TestOneGoroutineIsToldWhatGosPackageTells(t *testing.T) {
	for seed := range uint64(200) {
		source := func() *rand.Rand { return rand.New(rand.NewPCG(seed, 0)) }
		if got, want := onLocks(new(sync.RWMutex), source()), onLocks(new(real.RWMutex), source()); got != want {
			t.Errorf("locks, seed %d: %s, want %s", seed, got, want)
		}
		if got, want := onTables(new(sync.Map), source()), onTables(new(real.Map), source()); got != want {
			t.Errorf("tables, seed %d: %s, want %s", seed, got, want)
		}
	}
}

// outcome is what a call returns or panics with.
func outcome(f func() int) (result string) {
	defer func() {
		if value := recover(); value != nil {
			result = fmt.Sprint("panic: ", value)
		}
	}()
	return fmt.Sprint(f())
}

func TestOnceTellsWhatGosDoes(t *testing.T) {
	for name, pair := range map[string][2]func(func() int) func() int{
		"OnceValue": {sync.OnceValue[int], real.OnceValue[int]},
		"OnceFunc": {
			func(f func() int) func() int { g := sync.OnceFunc(func() { f() }); return func() int { g(); return 0 } },
			func(f func() int) func() int { g := real.OnceFunc(func() { f() }); return func() int { g(); return 0 } },
		},
		"OnceValues": {
			func(f func() int) func() int {
				g := sync.OnceValues(func() (int, int) { return f(), 1 })
				return func() int { a, b := g(); return 10*a + b }
			},
			func(f func() int) func() int {
				g := real.OnceValues(func() (int, int) { return f(), 1 })
				return func() int { a, b := g(); return 10*a + b }
			},
		},
		"Once": {
			func(f func() int) func() int { var o sync.Once; return func() int { o.Do(func() { f() }); return 0 } },
			func(f func() int) func() int { var o real.Once; return func() int { o.Do(func() { f() }); return 0 } },
		},
	} {
		for what, makes := range map[string]func() func() int{
			"returns": func() func() int { n := 0; return func() int { n++; return n } },
			"panics":  func() func() int { n := 0; return func() int { n++; panic(n) } },
			"nil":     func() func() int { return func() int { panic(nil) } },
			"leaves":  func() func() int { return func() int { runtime.Goexit(); return 0 } },
		} {
			told := [2]string{}
			for i, once := range pair {
				g := once(makes())
				for range 3 {
					result := "left"
					done := make(chan bool)
					go func() { defer close(done); result = outcome(g) }()
					<-done
					told[i] += result + "; "
				}
			}
			if told[0] != told[1] {
				t.Errorf("%s of what %s: %s, want %s", name, what, told[0], told[1])
			}
		}
	}
}

func TestACountBelowZeroIsToldAsInGo(t *testing.T) {
	got := outcome(func() int { var wg sync.WaitGroup; wg.Done(); return 0 })
	want := outcome(func() int { var wg real.WaitGroup; wg.Done(); return 0 })
	if got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// work has goroutines use all primitives, and returns what they counted.
func work() (n int64) {
	var (
		mu      sync.Mutex
		rw      sync.RWMutex
		once    sync.Once
		wg      sync.WaitGroup
		count   atomic.Int64
		pool    = sync.Pool{New: func() any { return new(int) }}
		c       = sync.NewCond(&mu)
		waiting = 0
	)
	const members = 8
	for range members {
		wg.Go(func() {
			once.Do(func() { count.Add(1) })
			for range 50 {
				rw.RLock()
				_ = n
				rw.RUnlock()
				rw.Lock()
				n++
				rw.Unlock()
				x := pool.Get().(*int)
				*x++
				pool.Put(x)
			}
			mu.Lock()
			defer mu.Unlock()
			waiting++
			c.Broadcast()
			for waiting < members {
				c.Wait()
			}
		})
	}
	wg.Wait()
	return n + count.Load()
}

func TestAllWorkOutsideOfARun(t *testing.T) {
	const want = 8*50 + 1
	if got := work(); got != want {
		t.Errorf("%d, want %d", got, want)
	}
	synctest.Test(t, func(t *testing.T) {
		if got := work(); got != want {
			t.Errorf("in a bubble: %d, want %d", got, want)
		}
	})
}
