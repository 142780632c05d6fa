// Package correct has programs that are right under every schedule: with channels,
// groups, contexts and timers.
package correct

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
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
