package sync

import (
	real "sync"

	"github.com/interleave-lab/interleave/internal/engine/schedule"
)

// queue protects what a primitive knows, hidden from the race detector, and holds
// those who wait for it to change. It is a linked list, since append is seen by the
// detector.
type queue struct {
	mu    real.Mutex
	first *waiter
	n     int
}

type waiter struct {
	woken chan struct{}
	next  *waiter
}

// lock begins what is hidden; nothing in between may wait.
//
//go:norace
func (q *queue) lock() {
	schedule.Hide()
	q.mu.Lock()
}

//go:norace
func (q *queue) unlock() {
	q.mu.Unlock()
	schedule.Unhide()
}

// wait unlocks q and returns when the caller is woken. Others may be before it then.
//
//go:norace
func (q *queue) wait() {
	w := &waiter{woken: make(chan struct{})}
	q.add(w)
	q.unlock()
	<-w.woken // whoever closes it is hidden then, so this orders nothing
}

//go:norace
func (q *queue) add(w *waiter) {
	last := &q.first
	for *last != nil {
		last = &(*last).next
	}
	*last = w
	q.n++
}

// wakeOne wakes one of those who wait, which one is the schedule's choice.
//
//go:norace
func (q *queue) wakeOne() {
	if q.n > 0 {
		q.wake(schedule.Pick(q.n))
	}
}

// wakeFirst wakes who has waited longest.
//
//go:norace
func (q *queue) wakeFirst() {
	if q.n > 0 {
		q.wake(0)
	}
}

//go:norace
func (q *queue) wake(index int) {
	at := &q.first
	for range index {
		at = &(*at).next
	}
	w := *at
	*at = w.next
	q.n--
	close(w.woken)
}

//go:norace
func (q *queue) wakeAll() {
	for ; q.first != nil; q.first = q.first.next {
		close(q.first.woken)
	}
	q.n = 0
}
