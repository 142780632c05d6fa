package locks_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/locks"
	"github.com/interleave-lab/interleave/kernel-helpers/threads"
)

func ExampleMutex() {
	account := locks.NewMutex("account")
	balance := 0
	var group threads.Group
	for id := range 10 {
		group.Go(fmt.Sprint("payer ", id), func() {
			account.With(func() { balance += 10 })
		})
	}
	group.Wait()
	fmt.Println(balance)
	fmt.Println(account)
	// Output:
	// 100
	// Mutex account: free
}

func ExampleMutex_LockTimeout() {
	printer := locks.NewMutex("printer")
	printer.Lock()
	threads.Go("impatient", func() {
		if !printer.LockTimeout(time.Millisecond) {
			fmt.Println(printer)
		}
	}).Join()
	// Output: Mutex printer: held by main
}

// Two threads that take two locks in opposite order. One of them is told, and as
// it gives its lock up, the other goes on.
func ExampleDeadlockError() {
	ours, theirs := locks.NewMutex("ours"), locks.NewMutex("theirs")
	both := make(chan struct{})
	careful := threads.Go("careful", func() {
		theirs.With(func() {
			both <- struct{}{}
			ours.With(func() {})
		})
	})
	func() {
		defer func() {
			var deadlock *locks.DeadlockError
			if err, ok := recover().(error); ok && errors.As(err, &deadlock) {
				fmt.Println("a circle of", len(deadlock.Cycle))
			}
		}()
		ours.With(func() {
			<-both
			time.Sleep(50 * time.Millisecond) // so that it is main that closes the circle
			theirs.With(func() {})
		})
	}()
	careful.Join()
	fmt.Println("and all went on")
	// Output:
	// a circle of 2
	// and all went on
}

func ExampleRWMutex() {
	var prices locks.RWMutex
	var group threads.Group
	inside := locks.NewBarrier("inside", 3)
	for id := range 3 {
		group.Go(fmt.Sprint("reader ", id), func() {
			prices.WithRead(func() { inside.Wait() }) // all three at once
		})
	}
	group.Wait()
	prices.With(func() { fmt.Println(len(prices.Holders()), "writer") })
	// Output: 1 writer
}

func ExampleRMutex() {
	var mu locks.RMutex
	var visit func(depth int)
	visit = func(depth int) {
		mu.Lock() // again, at each depth
		defer mu.Unlock()
		if depth > 0 {
			visit(depth - 1)
		}
	}
	visit(3)
	fmt.Println(&mu)
	// Output: RMutex: free
}

func ExampleSemaphore() {
	slots := locks.NewSemaphore("slots", 2)
	slots.Acquire()
	fmt.Println(slots)
	fmt.Println(slots.TryAcquire(), slots.TryAcquire())
	// Output:
	// Semaphore slots: 1 permit free, held by main
	// true false
}

func ExampleBoundedSemaphore() {
	slots := locks.NewBoundedSemaphore("slots", 2)
	defer func() { fmt.Println(recover()) }()
	slots.Release()
	// Output: locks: Release of BoundedSemaphore slots, which has all of its 2 permits; release once for each Acquire
}

func ExampleCond() {
	var mu locks.Mutex
	filled := locks.NewCond("filled", &mu)
	var items []string
	consumer := threads.Go("consumer", func() {
		filled.With(func() {
			filled.WaitFor(func() bool { return len(items) > 0 })
			fmt.Println("got", items[0])
		})
	})
	filled.With(func() {
		items = append(items, "bread")
		filled.Signal()
	})
	consumer.Join()
	// Output: got bread
}

func ExampleEvent() {
	var ready locks.Event
	waiter := threads.Go("waiter", func() {
		ready.Wait()
		fmt.Println("it is", &ready)
	})
	ready.Set()
	waiter.Join()
	// Output: it is Event: set
}

func ExampleBarrier() {
	laps := 0
	lap := locks.NewBarrier("lap", 3)
	lap.Before(func() { laps++ }) // by one of them, before any goes on
	var group threads.Group
	for id := range 3 {
		group.Go(fmt.Sprint("runner ", id), func() {
			for range 5 {
				lap.Wait()
			}
		})
	}
	group.Wait()
	fmt.Println(laps, "laps")
	// Output: 5 laps
}

func ExampleBarrier_WaitContext() {
	meeting := locks.NewBarrier("meeting", 2)
	ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	_, err := meeting.WaitContext(ctx)
	fmt.Println(err)
	_, err = meeting.Wait()
	fmt.Println(err)
	// Output:
	// context deadline exceeded
	// locks: the barrier is broken: somebody left or aborted it; Reset mends it
}

// Threads help with waiting, and not with computation.
func ExampleGIL() {
	var gil locks.GIL
	start := time.Now()
	var group threads.Group
	for id := range 10 {
		group.Go(fmt.Sprint("download ", id), func() {
			gil.Run(func() { gil.Sleep(20 * time.Millisecond) })
		})
	}
	group.Wait()
	fmt.Println("naps overlap:", time.Since(start) < 100*time.Millisecond)

	start = time.Now()
	for id := range 10 {
		group.Go(fmt.Sprint("computation ", id), func() {
			gil.Run(func() {
				for begin := time.Now(); time.Since(begin) < 2*time.Millisecond; {
					gil.Check()
				}
			})
		})
	}
	group.Wait()
	fmt.Println("computation does not:", time.Since(start) >= 20*time.Millisecond)
	// Output:
	// naps overlap: true
	// computation does not: true
}
