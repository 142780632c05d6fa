// Package correct has programs that are right under every schedule.
package correct

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"
	"golang.org/x/sync/singleflight"
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
func Pipeline() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Hour)
	defer cancel()
	jobs, out := make(chan int), make(chan int)
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			for j := range jobs {
				select {
				case out <- j * j:
				case <-ctx.Done():
					return
				}
			}
		})
	}
	go func() {
		defer close(jobs)
		for i := range 10 {
			select {
			case jobs <- i:
			case <-ctx.Done():
				return
			}
		}
	}()
	go func() { wg.Wait(); close(out) }()
	sum := 0
	for v := range out {
		sum += v
	}
	must(sum == 285)
}

// want: passed
func CancelledPipeline() {
	ctx, cancel := context.WithCancel(context.Background())
	numbers := make(chan int)
	go func() {
		defer close(numbers)
		for i := 0; ; i++ {
			select {
			case numbers <- i:
			case <-ctx.Done():
				return
			}
		}
	}()
	for n := range numbers {
		if n == 3 {
			cancel()
			break
		}
	}
	cancel()
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
func FirstAnswer() {
	ch := make(chan int, 3)
	for i := range 3 {
		go func() { ch <- i }()
	}
	must(<-ch < 3)
}

// want: passed
func OrderedResults() {
	results := make([]int, 5)
	times(5, func(i int) { results[i] = i })
	must(slices.IsSorted(results))
}

// want: passed
func Turns() {
	a, b := make(chan int), make(chan int)
	go func() {
		defer close(b)
		for n := range a {
			b <- n + 1
		}
	}()
	for i := range 5 {
		a <- i
		must(<-b == i+1)
	}
	close(a)
	_, ok := <-b
	must(!ok)
}

// want: passed
func Actor() {
	type request struct{ reply chan int }
	requests := make(chan request)
	go func() {
		n := 0
		for r := range requests {
			n++
			r.reply <- n
		}
	}()
	var sum atomic.Int64
	times(3, func(int) {
		r := request{make(chan int)}
		requests <- r
		sum.Add(int64(<-r.reply))
	})
	close(requests)
	must(sum.Load() == 6)
}

// want: passed
func Timeouts() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	never := make(chan int)
	select {
	case <-never:
		must(false)
	case <-ctx.Done():
		must(errors.Is(ctx.Err(), context.DeadlineExceeded))
	}
}

// want: passed
func Ticks() {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	done := time.After(time.Hour)
	for n := 0; n < 3; {
		select {
		case <-ticker.C:
			n++
		case <-done:
			must(false)
		}
	}
}

// want: passed
func Timers() {
	fired := make(chan bool, 1)
	timer := time.AfterFunc(time.Hour, func() { fired <- true })
	must(timer.Stop())
	timer.Reset(time.Second)
	<-fired
	must(!timer.Stop())
}

// want: passed
func AfterCancel() {
	ctx, cancel := context.WithCancelCause(context.Background())
	var n atomic.Int32
	done := make(chan bool)
	for range 3 {
		context.AfterFunc(ctx, func() {
			if n.Add(1) == 3 {
				close(done)
			}
		})
	}
	cancel(errors.New("enough"))
	<-done
	must(context.Cause(ctx).Error() == "enough")
}

// want: passed
func Errgroup() {
	g, ctx := errgroup.WithContext(context.Background())
	g.SetLimit(2)
	failed := errors.New("failed")
	for i := range 4 {
		g.Go(func() error {
			if i == 2 {
				return failed
			}
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(time.Second):
				return nil
			}
		})
	}
	must(g.Wait() != nil)
}

// want: passed
func Singleflight() {
	var g singleflight.Group
	var inside atomic.Int32
	times(3, func(int) {
		v, err, _ := g.Do("key", func() (any, error) {
			must(inside.Add(1) == 1)
			time.Sleep(time.Second)
			inside.Add(-1)
			return 7, nil
		})
		must(v == 7 && err == nil)
	})
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

// want: passed
func GroupsInTurn() {
	var wg sync.WaitGroup
	n := 0
	for range 3 {
		wg.Add(1)
		go func() { defer wg.Done(); n++ }()
		wg.Wait()
	}
	must(n == 3)
}

// want: passed
func GroupGrows() {
	var wg sync.WaitGroup
	var n atomic.Int32
	var walk func(depth int)
	walk = func(depth int) {
		n.Add(1)
		if depth > 0 {
			for range 2 {
				wg.Go(func() { walk(depth - 1) })
			}
		}
	}
	wg.Go(func() { walk(3) })
	wg.Wait()
	must(n.Load() == 15)
}

// ManySteps computes for long: numbers need no Points.
//
// want: passed
func ManySteps() {
	sums := make([]int, 2)
	times(2, func(i int) {
		for n := range 100_000 {
			sums[i] += n
		}
		for n, rest := 0, 1; rest != 0; n++ {
			rest = (100_000 - n) / 2
		}
	})
}
