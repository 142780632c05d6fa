package sync

import (
	real "sync"

	"github.com/interleave-lab/interleave/internal/engine/schedule"
)

// queue protects what a primitive knows, hidden from the race detector, and holds
// those who wait for it to change.
type queue struct {
	mu real.Mutex
	waiters
}

// waiters are in the order in which they came. They are a linked list, since append
// is seen by the detector.
type waiters struct {
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
func (q *queue) wait() { q.waitAmong(&q.waiters) }

// waitAmong is wait among others than those who wait for q.
//
//go:norace
func (q *queue) waitAmong(others *waiters) {
	w := &waiter{woken: make(chan struct{})}
	others.add(w)
	q.unlock()
	<-w.woken // whoever closes it is hidden then, so this orders nothing
}

//go:norace
func (ws *waiters) add(w *waiter) {
	last := &ws.first
	for *last != nil {
		last = &(*last).next
	}
	*last = w
	ws.n++
}

// wakeOne wakes one of those who wait, which one is the schedule's choice.
//
//go:norace
func (ws *waiters) wakeOne() {
	if ws.n > 0 {
		ws.wake(schedule.Pick(ws.n))
	}
}

// wakeFirst wakes who has waited longest.
//
//go:norace
func (ws *waiters) wakeFirst() {
	if ws.n > 0 {
		ws.wake(0)
	}
}

//go:norace
func (ws *waiters) wake(index int) {
	at := &ws.first
	for range index {
		at = &(*at).next
	}
	w := *at
	*at = w.next
	ws.n--
	close(w.woken)
}

//go:norace
func (ws *waiters) wakeAll() {
	for ; ws.first != nil; ws.first = ws.first.next {
		close(ws.first.woken)
	}
	ws.n = 0
}
