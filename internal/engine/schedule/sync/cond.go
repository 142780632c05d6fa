package sync

import (
	"unsafe"

	"github.com/interleave-lab/interleave/internal/engine/schedule"
)

// Cond is sync.Cond.
type Cond struct {
	L Locker // held while the condition is looked at or changed

	queue queue
	first *Cond // where it was when it was first used
}

// NewCond returns a Cond with the lock l.
func NewCond(l Locker) *Cond { return &Cond{L: l} }

// Wait unlocks c.L, waits to be woken, and locks c.L again.
//
//go:norace
func (c *Cond) Wait() {
	// It stands in the queue before it unlocks: who signals afterwards finds it.
	w := &waiter{woken: make(chan struct{})}
	c.lock()
	c.queue.add(w)
	c.queue.unlock()
	c.L.Unlock()
	<-w.woken
	schedule.Acquire(unsafe.Pointer(c))
	c.L.Lock()
}

// Signal wakes one goroutine that waits, if there is one.
//
//go:norace
func (c *Cond) Signal() {
	schedule.Point(0)
	schedule.Release(unsafe.Pointer(c))
	c.lock()
	c.queue.wakeFirst()
	c.queue.unlock()
}

// Broadcast wakes all goroutines that wait.
//
//go:norace
func (c *Cond) Broadcast() {
	schedule.Point(0)
	schedule.Release(unsafe.Pointer(c))
	c.lock()
	c.queue.wakeAll()
	c.queue.unlock()
}

// lock locks the queue, of the Cond itself and not of a copy.
//
//go:norace
func (c *Cond) lock() {
	c.queue.lock()
	if c.first == nil {
		c.first = c
	}
	if c.first != c {
		c.queue.unlock()
		panic("sync.Cond is copied")
	}
}
