// Package helpers has programs with the course's own helpers, which are not woven.
package helpers

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/eventloop"
	"github.com/interleave-lab/interleave/kernel-helpers/locks"
	"github.com/interleave-lab/interleave/kernel-helpers/pools"
	"github.com/interleave-lab/interleave/kernel-helpers/threads"
)

func must(ok bool) {
	if !ok {
		panic("broken")
	}
}

// want: passed
func Threads() {
	var group threads.Group
	mu := locks.NewMutex("m")
	n := 0
	for range 3 {
		group.Go("adder", func() { mu.With(func() { n++ }) })
	}
	group.Wait()
	must(n == 3)
}

// want: race
func ThreadsRace() {
	n := 0
	a := threads.Go("a", func() { n++ })
	b := threads.Go("b", func() { n++ })
	a.Join()
	b.Join()
}

// want: panic
func ThreadsLose() {
	var n atomic.Int32
	var group threads.Group
	for range 3 {
		group.Go("adder", func() { n.Store(n.Load() + 1) })
	}
	group.Wait()
	must(n.Load() == 3)
}

// want: deadlock
func LocksInACircle() {
	a, b := locks.NewMutex("a"), locks.NewMutex("b")
	one := threads.Go("one", func() { a.Lock(); b.Lock(); b.Unlock(); a.Unlock() })
	two := threads.Go("two", func() { b.Lock(); a.Lock(); a.Unlock(); b.Unlock() })
	one.Join()
	two.Join()
}

// want: passed
func LocksOfAllKinds() {
	semaphore, barrier, event := locks.NewSemaphore("s", 2), locks.NewBarrier("b", 3), locks.NewEvent("e")
	rw := locks.NewRWMutex("rw")
	var inside atomic.Int32
	var group threads.Group
	n := 0
	for i := range 3 {
		group.Go("member", func() {
			semaphore.Acquire()
			must(inside.Add(1) <= 2)
			inside.Add(-1)
			semaphore.Release()
			rw.Lock()
			n++
			rw.Unlock()
			if i == 0 {
				event.Set()
			}
			event.Wait()
			barrier.Wait()
			rw.RLock()
			must(n == 3)
			rw.RUnlock()
		})
	}
	group.Wait()
}

// want: passed
func Pools() {
	pool := pools.Threads(2, func(n int) (int, error) { time.Sleep(time.Second); return n * n, nil })
	defer pool.Close()
	results, err := pool.Map(context.Background(), []int{1, 2, 3})
	must(err == nil && results[2] == 9)
}

// want: panic
func PoolsShare() {
	var total atomic.Int32
	pool := pools.Threads(2, func(n int32) (int, error) { total.Store(total.Load() + n); return 0, nil })
	defer pool.Close()
	_, _ = pool.Map(context.Background(), []int32{1, 2, 3})
	must(total.Load() == 6)
}

// want: passed
func EventLoop() {
	n := 0
	err := eventloop.Run(func(loop *eventloop.Loop) error {
		count := func() (int, error) {
			for range 3 {
				n++
				if err := loop.Sleep(time.Second); err != nil {
					return 0, err
				}
			}
			return n, nil
		}
		a, b := eventloop.Go(loop, "a", count), eventloop.Go(loop, "b", count)
		_, err := eventloop.Gather(a, b)
		return err
	})
	must(err == nil && n == 6)
}
