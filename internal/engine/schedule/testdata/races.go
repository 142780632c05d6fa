// Package races has for each primitive a program in which it does not protect a
// variable, and a twin in which it does: neither the schedule nor what stands for
// sync may hide a race, or invent one.
package races

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
	"unsafe"

	"golang.org/x/sync/errgroup"
)

// both runs two functions at the same time.
func both(f, g func()) {
	var wg sync.WaitGroup
	wg.Go(f)
	wg.Go(g)
	wg.Wait()
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
func MapHolds() {
	var m sync.Map
	f := func() {
		v, _ := m.LoadOrStore("n", new(int))
		*v.(*int)++
	}
	both(f, f)
}

// want: passed
func MapPublishes() {
	var m sync.Map
	both(func() { n := 1; m.Store("n", &n) }, func() {
		if v, ok := m.Load("n"); ok {
			*v.(*int)++
		}
	})
}

// want: race
func PoolUsedAfterPut() {
	pool := sync.Pool{New: func() any { return new(int) }}
	f := func() {
		n := pool.Get().(*int)
		pool.Put(n)
		*n++
	}
	both(f, f)
}

// want: passed
func PoolUsedBeforePut() {
	pool := sync.Pool{New: func() any { return new(int) }}
	f := func() {
		for range 3 {
			n := pool.Get().(*int)
			*n++
			pool.Put(n)
		}
	}
	both(f, f)
}

// publishes has one goroutine set n before it sets a flag, and another use n once the
// flag is set, or without asking for it.
func publishes(set func(), isSet func() bool, asks bool) {
	n := 0
	both(func() { n++; set() }, func() {
		if isSet() || !asks {
			n++
		}
	})
}

// want: race
func Int32Unasked() {
	var v atomic.Int32
	publishes(func() { v.Add(1) }, func() bool { return v.Load() == 1 }, false)
}

// want: passed
func Int32Asked() {
	var v atomic.Int32
	publishes(func() { v.Add(1) }, func() bool { return v.Load() == 1 }, true)
}

// want: race
func Int64Unasked() {
	var v atomic.Int64
	publishes(func() { v.Store(1) }, func() bool { return v.CompareAndSwap(1, 2) }, false)
}

// want: passed
func Int64Asked() {
	var v atomic.Int64
	publishes(func() { v.Store(1) }, func() bool { return v.CompareAndSwap(1, 2) }, true)
}

// want: race
func BoolUnasked() {
	var v atomic.Bool
	publishes(func() { v.Store(true) }, v.Load, false)
}

// want: passed
func BoolAsked() {
	var v atomic.Bool
	publishes(func() { v.Store(true) }, v.Load, true)
}

// want: race
func PointerUnasked() {
	var v atomic.Pointer[string]
	publishes(func() { v.Store(new(string)) }, func() bool { return v.Load() != nil }, false)
}

// want: passed
func PointerAsked() {
	var v atomic.Pointer[string]
	publishes(func() { v.Store(new(string)) }, func() bool { return v.Load() != nil }, true)
}

// want: race
func ValueUnasked() {
	var v atomic.Value
	publishes(func() { v.Store(1) }, func() bool { return v.Load() != nil }, false)
}

// want: passed
func ValueAsked() {
	var v atomic.Value
	publishes(func() { v.Store(1) }, func() bool { return v.Load() != nil }, true)
}

// want: race
func FunctionsUnasked() {
	var a uint32
	var b uint64
	var c unsafe.Pointer
	publishes(func() {
		atomic.AddUint32(&a, 1)
		atomic.StoreUint64(&b, 1)
		atomic.StorePointer(&c, unsafe.Pointer(&b))
	}, func() bool { return false }, false)
}

// want: passed
func FunctionsAsked() {
	var a uint32
	var b uint64
	var c uintptr
	publishes(func() { atomic.OrUint32(&a, 1) }, func() bool { return atomic.LoadUint32(&a) == 1 }, true)
	publishes(func() { atomic.SwapUint64(&b, 1) }, func() bool { return atomic.LoadUint64(&b) == 1 }, true)
	publishes(func() { atomic.AddUintptr(&c, 1) }, func() bool { return atomic.LoadUintptr(&c) == 1 }, true)
}

// want: race
func AtomicBesidePlain() {
	var n int64
	both(func() { atomic.AddInt64(&n, 1) }, func() { n++ })
}

// want: race
func UnbufferedOtherWay() {
	n := 0
	ch := make(chan int)
	both(func() { ch <- 1; n++ }, func() { <-ch; n++ })
}

// want: passed
func UnbufferedBothWays() {
	n := 0
	ch := make(chan int)
	both(func() { n++; ch <- 1; <-ch; n++ }, func() { <-ch; n++; ch <- 1 })
}

// want: race
func BufferedIsNoRendezvous() {
	n := 0
	ch := make(chan int, 1)
	both(func() { ch <- 1; n++ }, func() { n++; <-ch })
}

// want: passed
func BufferedAsLock() {
	n := 0
	ch := make(chan int, 1)
	f := func() { ch <- 1; n++; <-ch }
	both(f, f)
}

// want: race
func BufferedTooWide() {
	n := 0
	ch := make(chan int, 2)
	f := func() { ch <- 1; n++; <-ch }
	both(f, f)
}

// want: race
func AfterClose() {
	n := 0
	ch := make(chan int)
	both(func() { close(ch); n++ }, func() { <-ch; n++ })
}

// want: passed
func BeforeClose() {
	n := 0
	ch := make(chan int)
	both(func() { n++; close(ch) }, func() { <-ch; n++ })
}

// want: race
func SelectDefault() {
	n := 0
	ch := make(chan int, 1)
	both(func() { n++; ch <- 1 }, func() {
		select {
		case <-ch:
		default:
			n++
		}
	})
}

// want: passed
func SelectReceived() {
	n := 0
	ch, other := make(chan int, 1), make(chan int)
	both(func() { n++; ch <- 1 }, func() {
		select {
		case <-ch:
			n++
		case <-other:
		}
	})
}

// want: race
func SelectTimedOut() {
	n := 0
	ch := make(chan int, 1)
	both(func() { n++; ch <- 1 }, func() {
		select {
		case <-ch:
		case <-time.After(time.Millisecond):
			n++
		}
	})
}

// want: race
func AfterCancel() {
	n := 0
	ctx, cancel := context.WithCancel(context.Background())
	both(func() { cancel(); n++ }, func() { <-ctx.Done(); n++ })
}

// want: passed
func BeforeCancel() {
	n := 0
	ctx, cancel := context.WithCancel(context.Background())
	both(func() { n++; cancel() }, func() { <-ctx.Done(); n++ })
}

// want: race
func TimerCalls() {
	n := 0
	done := make(chan int)
	time.AfterFunc(time.Second, func() { n++; close(done) })
	n++
	<-done
	time.AfterFunc(time.Second, func() { n++ })
	time.Sleep(time.Minute)
	n++
}

// want: passed
func TimerTells() {
	n := 1
	done := make(chan int)
	time.AfterFunc(time.Second, func() { n++; close(done) })
	<-done
	n++
}

// want: race
func SleepOrdersNothing() {
	n := 0
	go func() { n++ }()
	time.Sleep(time.Minute)
	n++
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
