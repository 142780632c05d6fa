// Package messages has pairs of programs with channels, contexts and timers, as package
// races has.
package messages

import (
	"context"
	"sync"
	"time"
)

// both runs two functions at the same time.
func both(f, g func()) {
	var wg sync.WaitGroup
	wg.Go(f)
	wg.Go(g)
	wg.Wait()
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
