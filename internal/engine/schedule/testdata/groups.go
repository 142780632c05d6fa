// Package groups has mistakes with groups of goroutines, and with what is done once.
package groups

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"
	"golang.org/x/sync/singleflight"
)

// AddInside counts goroutines when they begin.
//
// want: race
func AddInside() {
	var wg sync.WaitGroup
	for range 3 {
		go func() {
			wg.Add(1)
			defer wg.Done()
		}()
	}
	wg.Wait()
}

// DoneForgotten returns early without Done.
//
// want: deadlock
func DoneForgotten() {
	var wg sync.WaitGroup
	for i := range 3 {
		wg.Add(1)
		go func() {
			if i == 1 {
				return
			}
			wg.Done()
		}()
	}
	wg.Wait()
}

// DoneTwice counts down once too often.
//
// want: panic
func DoneTwice() {
	var wg sync.WaitGroup
	wg.Go(func() { wg.Done() })
	wg.Wait()
	time.Sleep(time.Minute)
}

// AddTooMuch counts more than it starts.
//
// want: deadlock
func AddTooMuch() {
	jobs := []int{1, 2, 0}
	var wg sync.WaitGroup
	wg.Add(len(jobs))
	for _, j := range jobs {
		if j > 0 {
			go wg.Done()
		}
	}
	wg.Wait()
}

// WaitInLoop waits for each before it starts the next, which needs it.
//
// want: deadlock
func WaitInLoop() {
	ch := make(chan int)
	var wg sync.WaitGroup
	for i := range 2 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if i == 0 {
				<-ch
			} else {
				ch <- 1
			}
		}()
		wg.Wait()
	}
}

// CopiedGroup counts down a copy.
//
// want: deadlock
func CopiedGroup() {
	var wg sync.WaitGroup
	work := func(wg sync.WaitGroup) { wg.Done() }
	wg.Add(1)
	go work(wg)
	wg.Wait()
}

// ReusedGroup counts up again before all have seen that it was down.
//
// want: race
func ReusedGroup() {
	var wg sync.WaitGroup
	wg.Add(1)
	waited := make(chan bool)
	go func() { wg.Wait(); waited <- true }()
	time.Sleep(time.Minute)
	wg.Done()
	wg.Add(1)
	go wg.Done()
	wg.Wait()
	<-waited
}

// NotWaitedFor returns before its goroutines have.
//
// want: panic
func NotWaitedFor() {
	var n atomic.Int32
	for range 3 {
		go n.Add(1)
	}
	if n.Load() != 3 {
		panic("too early")
	}
}

// CloseBeforeWait closes the results before all are there.
//
// want: race
func CloseBeforeWait() {
	results := make(chan int, 3)
	var wg sync.WaitGroup
	for i := range 3 {
		wg.Go(func() { results <- i })
	}
	close(results)
	wg.Wait()
}

// OnceRecursive asks for itself within.
//
// want: deadlock
func OnceRecursive() {
	var once sync.Once
	var get func()
	get = func() { once.Do(func() { get() }) }
	get()
}

// OnceFails counts a failed beginning as done.
//
// want: panic
func OnceFails() {
	var once sync.Once
	var conn *int
	get := func() *int {
		once.Do(func() {
			defer func() { _ = recover() }()
			panic("no network")
		})
		return conn
	}
	_ = *get()
}

// OnceByFlag is a Once that does not wait for the first.
//
// want: panic
func OnceByFlag() {
	var begun atomic.Bool
	var value atomic.Pointer[int]
	get := func() int {
		if begun.CompareAndSwap(false, true) {
			value.Store(new(int))
		}
		return *value.Load()
	}
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() { _ = get() })
	}
	wg.Wait()
}

// OncesInOrder each begin the other.
//
// want: deadlock
func OncesInOrder() {
	var a, b sync.Once
	var wg sync.WaitGroup
	wg.Go(func() { a.Do(func() { b.Do(func() {}) }) })
	wg.Go(func() { b.Do(func() { a.Do(func() {}) }) })
	wg.Wait()
}

// ErrgroupLimit starts a member from a member of a full group.
//
// want: deadlock
func ErrgroupLimit() {
	var g errgroup.Group
	g.SetLimit(1)
	g.Go(func() error {
		g.Go(func() error { return nil })
		return nil
	})
	_ = g.Wait()
}

// ErrgroupContext uses the group's context after Wait, which has cancelled it.
//
// want: panic
func ErrgroupContext() {
	g, ctx := errgroup.WithContext(context.Background())
	g.Go(func() error { return nil })
	if g.Wait() != nil || ctx.Err() != nil {
		panic("cancelled")
	}
}

// ErrgroupIgnoresContext waits for a member that does not listen.
//
// want: deadlock
func ErrgroupIgnoresContext() {
	g, _ := errgroup.WithContext(context.Background())
	never := make(chan int)
	g.Go(func() error { <-never; return nil })
	g.Go(func() error { return errors.New("failed") })
	_ = g.Wait()
}

// Weighted asks in two steps for what others have the half of.
//
// want: deadlock
func Weighted() {
	s := semaphore.NewWeighted(2)
	ctx := context.Background()
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			_ = s.Acquire(ctx, 1)
			_ = s.Acquire(ctx, 1)
			s.Release(2)
		})
	}
	wg.Wait()
}

// SharedFlight has all callers change what one made.
//
// want: race
func SharedFlight() {
	var g singleflight.Group
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			v, _, _ := g.Do("key", func() (any, error) { time.Sleep(time.Hour); return new(int), nil })
			*v.(*int)++
		})
	}
	wg.Wait()
}

// AfterFuncStopped takes Stop for a wait until the function has ended.
//
// want: race
func AfterFuncStopped() {
	ctx, cancel := context.WithCancel(context.Background())
	n := 0
	stop := context.AfterFunc(ctx, func() { n++ })
	go cancel()
	stop()
	n++
}

// TimerFires although it is stopped: the function had begun.
//
// want: panic
func TimerFires() {
	var closed atomic.Bool
	timer := time.AfterFunc(time.Second, func() {
		if closed.Load() {
			panic("used after close")
		}
	})
	time.Sleep(time.Second)
	timer.Stop()
	closed.Store(true)
}

// Barrier is used for a second round before all have left the first.
//
// want: deadlock
func Barrier() {
	const n = 2
	c := sync.NewCond(new(sync.Mutex))
	count := 0
	meet := func() {
		c.L.Lock()
		defer c.L.Unlock()
		count++
		if count == n {
			c.Broadcast()
			return
		}
		for count < n {
			c.Wait()
		}
		count = 0
	}
	var wg sync.WaitGroup
	for range n {
		wg.Go(func() { meet(); meet() })
	}
	wg.Wait()
}
