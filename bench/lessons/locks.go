package main

import (
	"fmt"
	"runtime"
	"sync/atomic"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/locks"
	"github.com/interleave-lab/interleave/kernel-helpers/threads"
)

var lockExamples = examples{
	"counter-10":     func() { counter(10, 10_000) },
	"counter-5":      func() { counter(5, 1_000) },
	"told-counter":   toldCounter,
	"naps-in-turn":   napsInTurn,
	"walks-by-hand":  walksByHand,
	"walks-in-scope": walksInScope,
	"by-hand":        byHand,
	"in-scope":       inScope,
	"one-order":      oneOrder,
	"lost-updates":   lostUpdates,
	"kept-updates":   keptUpdates,
	"two-ways":       twoWays,
	"shared-list":    sharedList,
}

func counter(workers, times int) {
	lock := locks.NewMutex("counter")
	total := 0
	var group threads.Group
	for id := range workers {
		group.Go(fmt.Sprint("worker ", id), func() {
			for range times {
				lock.With(func() { total++ })
			}
		})
	}
	group.Wait()
	fmt.Println("counted to", total)
}

func toldCounter() {
	lock := locks.NewMutex("counter")
	total := 0
	var group threads.Group
	for id := range 2 {
		group.Go(fmt.Sprint("worker ", id), func() {
			lock.With(func() {
				total++
				fmt.Println("counted to", total)
			})
		})
	}
	group.Wait()
}

func napsInTurn() {
	bed := locks.NewMutex("bed")
	var group threads.Group
	for id := range 5 {
		group.Go(fmt.Sprint("sleeper ", id), func() {
			bed.With(func() {
				fmt.Println("somebody has the bed")
				time.Sleep(second)
			})
		})
	}
	group.Wait()
}

func halfSecondSteps(name string) {
	for step := range 5 {
		time.Sleep(second / 2)
		fmt.Println(name, "step", step+1)
	}
}

func walksByHand() {
	path := locks.NewMutex("path")
	var group threads.Group
	for _, name := range []string{"A", "B", "C"} {
		group.Go(name, func() {
			path.Lock()
			defer path.Unlock()
			halfSecondSteps(name)
		})
	}
	group.Wait()
}

func walksInScope() {
	path := locks.NewMutex("path")
	var group threads.Group
	for _, name := range []string{"A", "B", "C"} {
		group.Go(name, func() { path.With(func() { halfSecondSteps(name) }) })
	}
	group.Wait()
}

func byHand() {
	lock := locks.NewMutex("lock")
	lock.Lock()
	defer lock.Unlock()
	fmt.Println("inside")
}

func inScope() {
	lock := locks.NewMutex("lock")
	lock.With(func() {
		fmt.Println("inside")
		time.Sleep(second)
	})
}

func oneOrder() {
	first, other := locks.NewMutex("first"), locks.NewMutex("other")
	both := func() {
		first.With(func() { other.With(func() { fmt.Println("has both") }) })
	}
	var group threads.Group
	group.Go("one", both)
	group.Go("two", both)
	group.Wait()
}

// The value is atomic so that updates are lost as in Python, and nothing worse.
func updates(with func(func())) int64 {
	var value atomic.Int64
	edit := func(amount int64) {
		for range 2_000 {
			with(func() {
				seen := value.Load()
				runtime.Gosched() // lets others in
				seen += amount
				runtime.Gosched()
				value.Store(seen)
			})
		}
	}
	var group threads.Group
	group.Go("adds", func() { edit(100) })
	group.Go("subtracts", func() { edit(-100) })
	group.Wait()
	return value.Load()
}

func lostUpdates() {
	updates(func(f func()) { f() })
	fmt.Println("some were lost, or none")
}

func keptUpdates() {
	fmt.Println("value", updates(locks.NewMutex("value").With))
}

func twoWays() {
	lock := locks.NewMutex("desk")
	work := func(name string) {
		for step := range 3 {
			time.Sleep(second)
			fmt.Println(name, "step", step)
		}
	}
	var group threads.Group
	group.Go("payment", func() { lock.With(func() { work("payment") }) })
	for _, name := range []string{"mail", "page"} {
		group.Go(name, func() {
			lock.With(func() { fmt.Println(name, "begins") })
			work(name)
		})
	}
	group.Wait()
}

func sharedList() {
	lock := locks.NewMutex("list")
	var shared []int
	var group threads.Group
	group.Go("producer", func() {
		for number := range 1000 {
			lock.With(func() { shared = append(shared, number) })
		}
	})
	group.Go("consumer", func() {
		total := 0
		for got := 0; got < 1000; {
			found := false
			lock.With(func() {
				if len(shared) > 0 {
					total, shared, found = total+shared[0], shared[1:], true
				}
			})
			if !found {
				runtime.Gosched()
				continue
			}
			got++
		}
		fmt.Println("total", total)
	})
	group.Wait()
}
