// Package guarded has programs with locks, Onces and atomics that are right under every
// schedule.
package guarded

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"
)

func must(ok bool) {
	if !ok {
		panic("broken")
	}
}

func times(n int, f func(i int)) {
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() { f(i) })
	}
	wg.Wait()
}

// want: passed
func CountersOfAllKinds() {
	var mu sync.Mutex
	var a atomic.Int64
	var b int32
	place := make(chan bool, 1)
	c, d := 0, 0
	times(3, func(int) {
		a.Add(1)
		for {
			if old := atomic.LoadInt32(&b); atomic.CompareAndSwapInt32(&b, old, old+1) {
				break
			}
		}
		mu.Lock()
		c++
		mu.Unlock()
		place <- true
		d++
		<-place
	})
	must(a.Load() == 3 && b == 3 && c == 3 && d == 3)
}

// want: passed
func OrderedTransfers() {
	type account struct {
		mu      sync.Mutex
		id, sum int
	}
	transfer := func(from, to *account) {
		first, second := from, to
		if first.id > second.id {
			first, second = second, first
		}
		first.mu.Lock()
		defer first.mu.Unlock()
		second.mu.Lock()
		defer second.mu.Unlock()
		from.sum--
		to.sum++
	}
	a, b := &account{id: 1}, &account{id: 2}
	times(4, func(i int) {
		if i%2 == 0 {
			transfer(a, b)
		} else {
			transfer(b, a)
		}
	})
	must(a.sum == 0 && b.sum == 0)
}

// want: passed
func Philosophers() {
	forks := make([]sync.Mutex, 4)
	times(len(forks), func(i int) {
		left, right := i, (i+1)%len(forks)
		if left > right {
			left, right = right, left
		}
		forks[left].Lock()
		forks[right].Lock()
		forks[right].Unlock()
		forks[left].Unlock()
	})
}

// want: passed
func BoundedBuffer() {
	var mu sync.Mutex
	full, empty := sync.NewCond(&mu), sync.NewCond(&mu)
	var items []int
	times(4, func(i int) {
		for n := range 3 {
			mu.Lock()
			if i < 2 {
				for len(items) == 2 {
					full.Wait()
				}
				items = append(items, n)
				empty.Signal()
			} else {
				for len(items) == 0 {
					empty.Wait()
				}
				items = items[1:]
				full.Signal()
			}
			mu.Unlock()
		}
	})
	must(len(items) == 0)
}

// want: passed
func Barrier() {
	const n = 3
	c := sync.NewCond(new(sync.Mutex))
	count, round := 0, 0
	var arrived [2]atomic.Int32
	meet := func() {
		c.L.Lock()
		defer c.L.Unlock()
		if count++; count == n {
			count = 0
			round++
			c.Broadcast()
			return
		}
		for mine := round; mine == round; {
			c.Wait()
		}
	}
	times(n, func(int) {
		for r := range 2 {
			arrived[r].Add(1)
			meet()
			must(arrived[r].Load() == n)
		}
	})
}

// want: passed
func Semaphore() {
	places := make(chan struct{}, 2)
	var inside atomic.Int32
	times(4, func(int) {
		places <- struct{}{}
		defer func() { <-places }()
		must(inside.Add(1) <= 2)
		time.Sleep(time.Second)
		inside.Add(-1)
	})
}

// want: passed
func WeightedSemaphore() {
	s := semaphore.NewWeighted(3)
	var inside atomic.Int64
	times(4, func(i int) {
		n := int64(1 + i%3)
		must(s.Acquire(context.Background(), n) == nil)
		must(inside.Add(n) <= 3)
		inside.Add(-n)
		s.Release(n)
	})
}

// want: passed
func ReadersAndWriters() {
	var rw sync.RWMutex
	var readers, writers atomic.Int32
	n := 0
	times(5, func(i int) {
		if i < 2 {
			rw.Lock()
			must(writers.Add(1) == 1 && readers.Load() == 0)
			n++
			writers.Add(-1)
			rw.Unlock()
			return
		}
		rw.RLock()
		readers.Add(1)
		must(writers.Load() == 0 && n <= 2)
		readers.Add(-1)
		rw.RUnlock()
	})
	must(n == 2)
}

// WritersLetReadersIn relies on Go's promise that readers who wait come before the
// next writer.
//
// want: passed
func WritersLetReadersIn() {
	var rw sync.RWMutex
	var read atomic.Bool
	times(3, func(i int) {
		if i == 0 {
			rw.RLock()
			read.Store(true)
			rw.RUnlock()
			return
		}
		for !read.Load() {
			rw.Lock()
			rw.Unlock()
		}
	})
}

// want: passed
func LazyValue() {
	var calls atomic.Int32
	get := sync.OnceValue(func() int { return int(calls.Add(1)) })
	times(3, func(int) { must(get() == 1) })
}

// want: passed
func LazyPanic() {
	var calls atomic.Int32
	get := sync.OnceFunc(func() { calls.Add(1); panic("always") })
	times(3, func(int) {
		defer func() { must(recover() == "always") }()
		get()
	})
	must(calls.Load() == 1)
}

// want: passed
func OncePanicsOnce() {
	var once sync.Once
	var caught atomic.Int32
	times(3, func(int) {
		defer func() {
			if recover() != nil {
				caught.Add(1)
			}
		}()
		once.Do(func() { panic("once") })
	})
	must(caught.Load() == 1)
}

// want: passed
func CloseOnce() {
	done := make(chan bool)
	var once sync.Once
	times(3, func(int) { once.Do(func() { close(done) }) })
	<-done
}

// want: passed
func ConcurrentMap() {
	var m sync.Map
	var stored atomic.Int32
	times(3, func(i int) {
		if _, loaded := m.LoadOrStore("a", i); !loaded {
			stored.Add(1)
		}
		m.CompareAndSwap("a", i, i)
		m.Range(func(key, value any) bool { return key == "a" })
	})
	must(stored.Load() == 1)
	m.Clear()
	_, ok := m.LoadAndDelete("a")
	must(!ok)
}

var buffers = sync.Pool{New: func() any { return new([]int) }}

// PoolAcrossRuns has a pool that outlives each run.
//
// want: passed
func PoolAcrossRuns() {
	times(3, func(i int) {
		b := buffers.Get().(*[]int)
		*b = append((*b)[:0], i)
		must((*b)[0] == i)
		buffers.Put(b)
	})
}

// want: passed
func SpinLock() {
	var locked atomic.Bool
	n := 0
	times(3, func(int) {
		for !locked.CompareAndSwap(false, true) {
		}
		n++
		locked.Store(false)
	})
	must(n == 3)
}

// want: passed
func LockFreeStack() {
	type node struct{ next *node }
	var top atomic.Pointer[node]
	times(3, func(int) {
		for n := new(node); ; {
			n.next = top.Load()
			if top.CompareAndSwap(n.next, n) {
				return
			}
		}
	})
	n := 0
	for at := top.Load(); at != nil; at = at.next {
		n++
	}
	must(n == 3)
}

// want: passed
func Published() {
	type config struct{ a, b int }
	var current atomic.Value
	current.Store(config{})
	times(2, func(i int) {
		if i == 0 {
			current.Store(config{1, 1})
			return
		}
		c := current.Load().(config)
		must(c.a == c.b)
	})
}
