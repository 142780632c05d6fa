// Package races has for each primitive a program in which it does not protect a
// variable, and a twin in which it does: neither the schedule nor what stands for
// sync may hide a race, or invent one. Here are those with locks, groups, Onces and
// Conds, and with nothing.
package races

import (
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

// both runs two functions at the same time.
func both(f, g func()) {
	var wg sync.WaitGroup
	wg.Go(f)
	wg.Go(g)
	wg.Wait()
}

func condition(after bool) {
	n, ready := 0, false
	c := sync.NewCond(new(sync.Mutex))
	both(func() {
		c.L.Lock()
		ready = true
		n++
		c.L.Unlock()
		c.Broadcast()
		if after {
			n++
		}
	}, func() {
		c.L.Lock()
		for !ready {
			c.Wait()
		}
		c.L.Unlock()
		n++
	})
}

// want: race
func MutexOther() {
	n := 0
	var a, b sync.Mutex
	both(func() { a.Lock(); n++; a.Unlock() }, func() { b.Lock(); n++; b.Unlock() })
}

// want: passed
func MutexSame() {
	n := 0
	var a sync.Mutex
	both(func() { a.Lock(); n++; a.Unlock() }, func() { a.Lock(); n++; a.Unlock() })
	n++
}

// want: race
func MutexAfterUnlock() {
	n := 0
	var a sync.Mutex
	both(func() { a.Lock(); a.Unlock(); n++ }, func() { a.Lock(); a.Unlock(); n++ })
}

// want: race
func TryLockFailed() {
	n := 0
	var a sync.Mutex
	f := func() {
		if a.TryLock() {
			n++
			a.Unlock()
		} else {
			n++
		}
	}
	both(f, f)
}

// want: passed
func TryLockTaken() {
	n := 0
	var a sync.Mutex
	f := func() {
		if a.TryLock() {
			n++
			a.Unlock()
		}
	}
	both(f, f)
}

// want: race
func ReadersWrite() {
	n := 0
	var rw sync.RWMutex
	f := func() { rw.RLock(); n++; rw.RUnlock() }
	both(f, f)
}

// want: passed
func ReadersRead() {
	n := 0
	var rw sync.RWMutex
	f := func() {
		rw.Lock()
		n++
		rw.Unlock()
		rw.RLock()
		_ = n
		rw.RUnlock()
	}
	both(f, f)
}

// want: race
func ReaderBesideWriter() {
	n := 0
	var rw sync.RWMutex
	both(func() { rw.Lock(); n++; rw.Unlock() }, func() { rw.RLock(); rw.RUnlock(); _ = n })
}

// want: passed
func WriterAfterReaders() {
	n := 0
	var rw sync.RWMutex
	f := func() { rw.RLock(); _ = n; rw.RUnlock() }
	both(func() { both(f, f) }, func() { rw.Lock(); n++; rw.Unlock() })
}

// want: race
func RLockerWrites() {
	n := 0
	var rw sync.RWMutex
	l := rw.RLocker()
	f := func() { l.Lock(); n++; l.Unlock() }
	both(f, f)
}

// want: race
func TryRLockWrites() {
	n := 0
	var rw sync.RWMutex
	f := func() {
		if rw.TryRLock() {
			n++
			rw.RUnlock()
		}
	}
	both(f, f)
}

// want: race
func GroupBeforeWait() {
	n := 0
	var wg sync.WaitGroup
	wg.Go(func() { n++ })
	n++
	wg.Wait()
}

// want: passed
func GroupAfterWait() {
	n := 0
	var wg sync.WaitGroup
	wg.Go(func() { n++ })
	wg.Wait()
	n++
}

// want: race
func GroupAfterDone() {
	n := 0
	var wg sync.WaitGroup
	wg.Add(1)
	go func() { wg.Done(); n++ }()
	wg.Wait()
	n++
}

// want: race
func GroupMembers() {
	n := 0
	both(func() { n++ }, func() { n++ })
}

// want: race
func AddBesideWait() {
	var wg sync.WaitGroup
	go func() { wg.Add(1); wg.Done() }()
	wg.Wait()
}

// want: passed
func AddBeforeGo() {
	var wg sync.WaitGroup
	for range 3 {
		wg.Add(1)
		go func() { wg.Add(1); go wg.Done(); wg.Done() }()
	}
	wg.Wait()
}

// want: race
func OnceAfter() {
	n := 0
	var once sync.Once
	f := func() { once.Do(func() {}); n++ }
	both(f, f)
}

// want: passed
func OnceWithin() {
	n := 0
	var once sync.Once
	f := func() { once.Do(func() { n++ }); _ = n }
	both(f, f)
}

// want: race
func OnceFuncAfter() {
	n := 0
	f := sync.OnceFunc(func() {})
	both(func() { f(); n++ }, func() { f(); n++ })
}

// want: passed
func OnceValueWithin() {
	n := 0
	f := sync.OnceValue(func() int { n++; return n })
	g := sync.OnceValues(func() (int, error) { return f(), nil })
	both(func() { f(); _ = n }, func() { _, _ = g(); _ = n })
}

// want: race
func CondAfter() { condition(true) }

// want: passed
func CondBefore() { condition(false) }

// want: race
func SignalUnlocked() {
	n := 0
	c := sync.NewCond(new(sync.Mutex))
	both(func() { n++; c.Signal() }, func() { c.L.Lock(); n++; c.L.Unlock() })
}

// want: race
func GroupOfErrorsMembers() {
	n := 0
	var g errgroup.Group
	for range 2 {
		g.Go(func() error { n++; return nil })
	}
	_ = g.Wait()
}

// want: passed
func GroupOfErrorsWaits() {
	n := 0
	var g errgroup.Group
	g.SetLimit(1)
	for range 2 {
		g.Go(func() error { n++; return nil })
	}
	_ = g.Wait()
	n++
}

// want: race
func SharedSlice() {
	var all []int
	both(func() { all = append(all, 1) }, func() { all = append(all, 2) })
}

// want: passed
func OwnElements() {
	all := make([]int, 2)
	both(func() { all[0]++ }, func() { all[1]++ })
}

// want: race
func SharedMap() {
	all := map[int]int{}
	both(func() { all[1] = 1 }, func() { all[2] = 2 })
}

// want: race
func Spinning() {
	stop := false
	both(func() { stop = true }, func() {
		for !stop {
		}
	})
}

// want: passed
func SpinningAtomically() {
	var stop atomic.Bool
	both(func() { stop.Store(true) }, func() {
		for !stop.Load() {
		}
	})
}
