package locks

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/petermattis/goid"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
	"github.com/interleave-lab/interleave/kernel-helpers/internal/waitfor"
)

// Mutex is a mutual exclusion lock with the rules of [sync.Mutex]: the zero
// value is unlocked, it must not be copied after first use, it is not
// re-entrant, and any goroutine may unlock it.
//
// Like sync.Mutex it lets a running goroutine take a lock that has just been
// given up, which is fast, until a waiter has waited for a millisecond; from
// then on it is handed over in the order of arrival, so that nobody starves.
type Mutex struct {
	state   atomic.Int64 // 0 if free, else the holder's goroutine << 1 | contended
	foreign atomic.Bool  // another goroutine than the holder has unlocked it
	events  events.Lock
	queue   queue // its mu protects the change to and from contended
}

// contended is set while somebody may wait.
const contended = 1

// starvation is how long a goroutine waits before the lock is handed to it.
const starvation = time.Millisecond

// NewMutex returns an unlocked mutex with a name for charts and messages.
func NewMutex(name string) *Mutex {
	return &Mutex{events: events.Lock{Name: name}}
}

// Lock waits until the mutex is free and takes it. It panics with a
// [DeadlockError] if that cannot come, as when the caller holds it already.
func (m *Mutex) Lock() {
	me := goid.Get()
	if !m.state.CompareAndSwap(0, me<<1) {
		m.lockSlow(me, nil)
	}
	m.got()
}

// TryLock takes the mutex if it is free and reports whether it did.
func (m *Mutex) TryLock() bool {
	if !m.state.CompareAndSwap(0, goid.Get()<<1) {
		return false
	}
	m.got()
	return true
}

// LockContext is Lock, but gives up once ctx is done and returns its cause.
func (m *Mutex) LockContext(ctx context.Context) error {
	if err := done(ctx); err != nil {
		return err
	}
	me := goid.Get()
	if !m.state.CompareAndSwap(0, me<<1) {
		if err := m.lockSlow(me, ctx); err != nil {
			return err
		}
	}
	m.got()
	return nil
}

// LockTimeout is Lock, but waits no longer than d. It reports whether the mutex
// was taken.
func (m *Mutex) LockTimeout(d time.Duration) bool { return within(d, m.TryLock, m.LockContext) }

// Unlock gives the mutex up. It panics if the mutex is not locked: "locks: Unlock of
// Mutex till, which is not locked; unlock it once for each Lock".
func (m *Mutex) Unlock() {
	m.queue.order.Release()
	me := goid.Get()
	if events.On() && m.state.Load() != 0 {
		m.events.Released()
	}
	if !m.state.CompareAndSwap(me<<1, 0) {
		m.unlockSlow(me, false)
	}
}

// With calls f while it holds the mutex, and gives it up however f ends.
func (m *Mutex) With(f func()) {
	m.Lock()
	defer m.Unlock()
	f()
}

// Name returns the name that the mutex was given, or "".
func (m *Mutex) Name() string { return m.events.Name }

// Holder returns the name of the goroutine that holds the mutex, or "" if it is
// free.
func (m *Mutex) Holder() string {
	if holder := m.state.Load() >> 1; holder != 0 {
		return waitfor.Name(holder)
	}
	return ""
}

// Waiting returns the names of the goroutines that wait, in their order.
func (m *Mutex) Waiting() []string { return m.queue.names() }

// String tells who holds the mutex and who waits for it.
func (m *Mutex) String() string { return describe("Mutex", m.Name(), heldBy(m.Holder()), m.Waiting()) }

func (m *Mutex) got() {
	m.queue.order.Acquire()
	m.events.Got()
}

// lockSlow returns nil once the mutex is held, or the cause once ctx is done.
//
//go:norace
func (m *Mutex) lockSlow(me int64, ctx context.Context) error {
	m.events.Want()
	w := newWaiter(me)
	m.queue.lock()
	for first := true; !m.take(w); first = false {
		if first {
			m.queue.append(w)
		} else { // woken, but another was faster
			m.queue.prepend(w)
		}
		m.queue.unlock()
		if err := m.queue.wait(w, m, ctx); err != nil {
			m.events.Quit()
			return err
		}
		m.queue.lock()
	}
	m.queue.unlock()
	return nil
}

// take takes the mutex if w was given it or it is free. Otherwise it sees to it
// that Unlock looks at the queue.
//
//go:norace
func (m *Mutex) take(w *waiter) bool {
	for !w.granted {
		switch state := m.state.Load(); {
		case state == 0:
			if m.state.CompareAndSwap(0, m.heldAs(w)) {
				return true
			}
		case state&contended != 0, m.state.CompareAndSwap(state, state|contended):
			return false
		}
	}
	return true
}

// heldAs is the state in which w, which is not in the queue, holds the mutex.
//
//go:norace
func (m *Mutex) heldAs(w *waiter) int64 {
	if m.queue.first == nil {
		return w.goroutine << 1
	}
	return w.goroutine<<1 | contended
}

// unlockSlow frees the mutex and wakes the first in the queue, or hands it over
// to that one, if it has waited for long or the caller says so.
//
//go:norace
func (m *Mutex) unlockSlow(me int64, handOver bool) {
	m.queue.lock()
	defer m.queue.unlock()
	state := m.state.Load()
	if state == 0 {
		panic("locks: Unlock of " + called("Mutex", m.Name()) + ", which is not locked; unlock it once for each Lock")
	}
	if state>>1 != me {
		m.foreign.Store(true)
	}
	w := m.queue.first
	if w == nil || !handOver && time.Since(w.since) <= starvation {
		m.state.Store(0)
		m.queue.pop(false)
		return
	}
	m.queue.pop(true)
	m.state.Store(m.heldAs(w))
}

func (m *Mutex) lane() *events.Lock { return &m.events }

func (m *Mutex) holders() (goroutines []int64, proof bool) {
	if holder := m.state.Load() >> 1; holder != 0 {
		return []int64{holder}, !m.foreign.Load()
	}
	return nil, false
}

func (m *Mutex) left() {}
