// Package channels has mistakes with channels, contexts and timers.
package channels

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// FirstAnswer takes the first of three answers and leaves the other goroutines.
//
// want: leak
func FirstAnswer() {
	ch := make(chan int)
	for i := range 3 {
		go func() { time.Sleep(time.Duration(i) * time.Millisecond); ch <- i }()
	}
	<-ch
}

// GivenUp sends an answer for which nobody waits any more.
//
// want: leak
func GivenUp() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	answer := make(chan int)
	go func() { time.Sleep(time.Minute); answer <- 1 }()
	select {
	case <-answer:
	case <-ctx.Done():
	}
}

// ErrorReturns leaves the second of two who send an error.
//
// want: leak
func ErrorReturns() {
	errs := make(chan error)
	for i := range 2 {
		go func() { errs <- fmt.Errorf("no %d", i) }()
	}
	if err := <-errs; err != nil {
		return
	}
	<-errs
}

// NeverClosed ranges over a channel that nobody closes.
//
// want: deadlock
func NeverClosed() {
	ch := make(chan int)
	go func() {
		for i := range 3 {
			ch <- i
		}
	}()
	for range ch {
	}
}

// WorkersLeft waits for results and never tells the workers to end.
//
// want: leak
func WorkersLeft() {
	jobs, results := make(chan int), make(chan int)
	for range 2 {
		go func() {
			for j := range jobs {
				results <- j
			}
		}()
	}
	for i := range 3 {
		jobs <- i
		<-results
	}
}

// FillsThenReads sends all before anybody receives.
//
// want: deadlock
func FillsThenReads() {
	results := make(chan int, 2)
	var wg sync.WaitGroup
	for i := range 3 {
		wg.Go(func() { results <- i })
	}
	wg.Wait()
	close(results)
	for range results {
	}
}

// NilChannel sends to a channel that was never made.
//
// want: deadlock
func NilChannel() {
	var ch chan int
	ch <- 1
}

// CloseTwice lets each worker close.
//
// want: panic
func CloseTwice() {
	done := make(chan bool)
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() { close(done) })
	}
	wg.Wait()
}

// CloseOnceChecked looks whether it is closed, and then closes.
//
// want: panic
func CloseOnceChecked() {
	done := make(chan bool)
	stop := func() {
		select {
		case <-done:
		default:
			close(done)
		}
	}
	var wg sync.WaitGroup
	wg.Go(stop)
	wg.Go(stop)
	wg.Wait()
}

// SendAfterClose closes while a producer is under way.
//
// want: race
func SendAfterClose() {
	ch := make(chan int, 10)
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := range 3 {
			ch <- i
		}
	})
	time.Sleep(time.Second)
	close(ch)
	wg.Wait()
}

// ClosedByFirst has the first of two producers close.
//
// want: race
func ClosedByFirst() {
	ch := make(chan int)
	for range 2 {
		go func() { ch <- 1; close(ch) }()
	}
	for range ch {
	}
	time.Sleep(time.Minute)
}

// StopBeforeWork ends when told to, with work in hand: select draws among the ready.
//
// want: panic
func StopBeforeWork() {
	work, quit, done := make(chan int, 3), make(chan bool, 1), make(chan int)
	go func() {
		n := 0
		for {
			select {
			case <-work:
				n++
			case <-quit:
				done <- n
				return
			}
		}
	}()
	work <- 1
	work <- 2
	quit <- true
	if n := <-done; n != 2 {
		panic("lost work")
	}
}

// TickAfterStop handles a tick although it was stopped before.
//
// want: panic
func TickAfterStop() {
	tick, stop := make(chan bool, 1), make(chan bool)
	stopped := false
	tick <- true
	close(stop)
	stopped = true
	select {
	case <-tick:
		if stopped {
			panic("worked on")
		}
	case <-stop:
	}
}

// DroppedByDefault drops what does not fit at the moment.
//
// want: panic
func DroppedByDefault() {
	ch, got := make(chan int), make(chan int)
	go func() {
		n := 0
		for range ch {
			n++
		}
		got <- n
	}()
	for i := range 3 {
		select {
		case ch <- i:
		default:
		}
	}
	close(ch)
	if n := <-got; n != 3 {
		panic("lost")
	}
}

// Order takes results as if they came in the order of the jobs.
//
// want: panic
func Order() {
	results := make(chan int, 3)
	for i := range 3 {
		go func() { results <- i }()
	}
	for i := range 3 {
		if <-results != i {
			panic("mixed up")
		}
	}
}

// TwoReceivers each wait for half, but one may take more.
//
// want: deadlock
func TwoReceivers() {
	ch := make(chan int)
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			n := 0
			for x := range ch {
				if n += x; n == 2 {
					return
				}
			}
		})
	}
	for range 4 {
		ch <- 1
	}
	wg.Wait()
	for range 2 { // nobody is there to take them
		ch <- 1
	}
}

// Pipeline has a stage that ends early, and leaves the one before it.
//
// want: leak
func Pipeline() {
	numbers := make(chan int)
	go func() {
		defer close(numbers)
		for i := range 10 {
			numbers <- i
		}
	}()
	for n := range numbers {
		if n == 3 {
			break
		}
	}
}

// ForgottenCancel never cancels the context for which a goroutine waits.
//
// want: leak
func ForgottenCancel() {
	ctx, cancel := context.WithCancel(context.Background())
	_ = cancel
	ready := make(chan bool)
	go func() { close(ready); <-ctx.Done() }()
	<-ready
}

// Ticker ranges over a ticker, which Stop does not close.
//
// want: leak
func Ticker() {
	ticker := time.NewTicker(time.Second)
	n := make(chan int, 10)
	go func() {
		for range ticker.C {
			n <- 1
		}
	}()
	<-n
	ticker.Stop()
}

// TimeoutTooEarly takes a timeout for an answer's absence.
//
// want: panic
func TimeoutTooEarly() {
	answer := make(chan int, 1)
	go func() { answer <- 1 }()
	select {
	case <-answer:
	case <-time.After(time.Second):
		panic("no answer")
	}
}

// SleepForOthers hopes that a goroutine has ended after a while.
//
// want: panic
func SleepForOthers() {
	done := make(chan bool, 1)
	go func() { done <- true }()
	time.Sleep(100 * time.Millisecond)
	select {
	case <-done:
	default:
		panic("not yet")
	}
}

// Semaphore gives its place back only when all goes well.
//
// want: deadlock
func Semaphore() {
	places := make(chan bool, 1)
	work := func(i int) error {
		places <- true
		if i == 1 {
			return errors.New("failed")
		}
		<-places
		return nil
	}
	var wg sync.WaitGroup
	for i := range 3 {
		wg.Go(func() { _ = work(i) })
	}
	wg.Wait()
}

// SemaphoreBefore lets more in than it should: it counts itself out too early.
//
// want: panic
func SemaphoreBefore() {
	places := make(chan bool, 1)
	inside := make(chan bool, 1)
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			places <- true
			<-places
			select {
			case inside <- true:
			default:
				panic("two inside")
			}
			time.Sleep(time.Millisecond)
			<-inside
		})
	}
	wg.Wait()
}

// RequestReply shares one reply channel among clients.
//
// want: panic
func RequestReply() {
	requests, replies := make(chan int), make(chan int)
	go func() {
		for r := range requests {
			go func() { replies <- r }()
		}
	}()
	var wg sync.WaitGroup
	for i := range 2 {
		wg.Go(func() {
			requests <- i
			if <-replies != i {
				panic("the other's answer")
			}
		})
	}
	wg.Wait()
	close(requests)
}

// SelfSend sends to a channel that only it receives from.
//
// want: deadlock
func SelfSend() {
	events := make(chan int, 1)
	events <- 3
	for n := range events {
		if n == 0 {
			return
		}
		events <- n - 1
		events <- n - 2
	}
}

// PingPong has both players serve.
//
// want: deadlock
func PingPong() {
	a, b := make(chan int), make(chan int)
	var wg sync.WaitGroup
	wg.Go(func() { a <- 1; <-b })
	wg.Go(func() { b <- 1; <-a })
	wg.Wait()
}
