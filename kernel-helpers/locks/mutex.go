// Package locks has locks that a recording sees: who holds one, who waits for it
// and for how long.
//
// Use sync's locks in a program. Use these where a reader is to see what a lock
// does: package timeline draws each as a lane with its holder. They wait on
// channels, so that they work in virtual time (testing/synctest), where a
// blocked sync.Mutex stops the clock.
package locks

import (
	"sync"
	"sync/atomic"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
)

// Mutex is a mutual exclusion lock with the rules of [sync.Mutex]: the zero
// value is unlocked, it must not be copied after first use, it is not
// re-entrant, and any goroutine may unlock it.
//
// Like sync.Mutex it lets a running goroutine take a lock that has just been
// given up, which is fast, until a waiter has waited for a millisecond; from
// then on it is handed over in the order of arrival, so that nobody starves.
type Mutex struct {
	state atomic.Uint32 // free, held or contended
	lane  events.Lock

	mu    sync.Mutex // protects queue, and the changes of state from and to contended
	queue []*waiter
}

const (
	free      = iota
	held      // and nobody waits
	contended // held, and somebody may wait
)

// waiter is a goroutine in the queue.
type waiter struct {
	wake  chan struct{} // has room for one
	since time.Time
	owns  bool // set before wake: the lock was handed over
}

// starvation is how long a goroutine waits before the lock is handed to it.
const starvation = time.Millisecond

// NewMutex returns an unlocked mutex with a name for its lane.
func NewMutex(name string) *Mutex {
	return &Mutex{lane: events.Lock{Name: name}}
}

// Lock waits until the mutex is free and takes it.
func (m *Mutex) Lock() {
	if !m.state.CompareAndSwap(free, held) {
		m.lockSlow()
	}
	m.lane.Got()
}

// TryLock takes the mutex if it is free and reports whether it did.
func (m *Mutex) TryLock() bool {
	if !m.state.CompareAndSwap(free, held) {
		return false
	}
	m.lane.Got()
	return true
}

// Unlock gives the mutex up. It panics if the mutex is not locked.
func (m *Mutex) Unlock() {
	if m.state.Load() == free {
		panic("locks: Unlock of a Mutex that is not locked")
	}
	m.lane.Released()
	if !m.state.CompareAndSwap(held, free) {
		m.unlockSlow()
	}
}

// With calls f while it holds the mutex, and gives it up however f ends.
func (m *Mutex) With(f func()) {
	m.Lock()
	defer m.Unlock()
	f()
}

// lockSlow returns once the mutex is held. It is the one place where a Mutex
// waits.
func (m *Mutex) lockSlow() {
	m.lane.Want()
	w := &waiter{wake: make(chan struct{}, 1), since: time.Now()}
	m.mu.Lock()
	for first := true; !w.owns && m.state.Swap(contended) != free; first = false {
		if first {
			m.queue = append(m.queue, w)
		} else { // woken, but another was faster: it keeps its place
			m.queue = append([]*waiter{w}, m.queue...)
		}
		m.mu.Unlock()
		<-w.wake
		m.mu.Lock()
	}
	m.mu.Unlock()
}

// unlockSlow frees a contended mutex and wakes the first in the queue, or hands
// it over.
func (m *Mutex) unlockSlow() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.state.Load() == free {
		panic("locks: Unlock of a Mutex that is not locked")
	}
	if len(m.queue) == 0 {
		m.state.Store(free)
		return
	}
	w := m.queue[0]
	m.queue = m.queue[1:]
	w.owns = time.Since(w.since) > starvation
	if !w.owns {
		m.state.Store(free)
	}
	w.wake <- struct{}{}
}
