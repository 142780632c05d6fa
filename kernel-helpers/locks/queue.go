package locks

import (
	"context"
	"runtime"
	"sync"
	"time"

	"github.com/petermattis/goid"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
	"github.com/interleave-lab/interleave/kernel-helpers/internal/race"
	"github.com/interleave-lab/interleave/kernel-helpers/internal/waitfor"
)

// queue holds the goroutines that wait at a primitive, in the order of arrival.
// All waiting of this package is done in its method wait.
type queue struct {
	order       race.Order // of what is given up before what is got
	mu          sync.Mutex // protects the queue and the state of its primitive; see lock
	first, last *waiter
	n           int
}

// waiter is a goroutine in a queue, or one that has just been let go on.
type waiter struct {
	goroutine  int64
	since      time.Time
	ready      chan struct{} // has room for one
	queued     bool
	granted    bool // set before ready: it got what it waits for
	reads      bool // it waits to read
	prev, next *waiter
}

// lock locks the queue, which the race detector does not see. Functions that
// write what is protected are go:norace; [race.Order] is what the detector is told.
func (q *queue) lock() {
	race.Hide()
	q.mu.Lock()
}

func (q *queue) unlock() {
	q.mu.Unlock()
	race.Unhide()
}

//go:norace
func newWaiter(goroutine int64) *waiter {
	return &waiter{goroutine: goroutine, since: time.Now(), ready: make(chan struct{}, 1)}
}

// join puts the calling goroutine at the end of the queue. Like all methods but
// wait and names, it is called with the queue locked.
//
//go:norace
func (q *queue) join() *waiter {
	w := newWaiter(goid.Get())
	q.append(w)
	return w
}

//go:norace
func (q *queue) append(w *waiter) {
	w.queued, w.prev, w.next = true, q.last, nil
	if q.last == nil {
		q.first = w
	} else {
		q.last.next = w
	}
	q.last = w
	q.n++
}

// prepend puts back a waiter that was woken for nothing: it keeps its place.
//
//go:norace
func (q *queue) prepend(w *waiter) {
	w.queued, w.prev, w.next = true, nil, q.first
	if q.first == nil {
		q.last = w
	} else {
		q.first.prev = w
	}
	q.first = w
	q.n++
}

// remove takes w out of the queue and reports whether it was there.
//
//go:norace
func (q *queue) remove(w *waiter) bool {
	if !w.queued {
		return false
	}
	if w.prev == nil {
		q.first = w.next
	} else {
		w.prev.next = w.next
	}
	if w.next == nil {
		q.last = w.prev
	} else {
		w.next.prev = w.prev
	}
	w.queued, w.prev, w.next = false, nil, nil
	q.n--
	return true
}

// pop lets the first in the queue go on, granted what it waits for or not. It
// returns nil if nobody waits.
//
//go:norace
func (q *queue) pop(granted bool) *waiter {
	w := q.first
	if w != nil {
		q.remove(w)
		w.granted = granted
		w.ready <- struct{}{}
	}
	return w
}

// primitive is what a queue's goroutines wait at.
type primitive interface {
	lane() *events.Lock
	// holders returns who holds it, and whether that proves that none of its
	// waiters goes on before they all give it up. It locks the queue.
	holders() (goroutines []int64, proof bool)
	// left is told, with the queue locked, that a waiter has left it.
	left()
}

// suspicion is how long a goroutine waits before it looks for a deadlock. Until
// then locks cost nothing but themselves; and since Go lets any goroutine
// unlock a lock, another has the chance to do so.
const suspicion = 100 * time.Millisecond

// politeness is how often a goroutine lets others run before it goes to sleep,
// which takes longer than most locks are held. A recording is to see the wait.
const politeness = 3

// wait returns nil once w was let go on, or the cause once ctx is done; w is then
// no longer in the queue. A nil ctx is never done. If the wait is part of a
// deadlock, it panics with a [DeadlockError].
func (q *queue) wait(w *waiter, at primitive, ctx context.Context) error {
	var done <-chan struct{}
	if ctx != nil {
		done = ctx.Done()
	}
	for i := 0; i < politeness && !events.On(); i++ {
		select {
		case <-w.ready:
			return nil
		default:
			runtime.Gosched()
		}
	}
	suspicious := time.NewTimer(suspicion)
	defer suspicious.Stop()
	select {
	case <-w.ready:
		return nil
	case <-done:
		return q.leave(w, at, ctx)
	case <-suspicious.C:
	}

	lane := at.lane()
	known := &waitfor.Wait{Goroutine: w.goroutine, Kind: kind(lane), Name: lane.Name, Endless: done == nil, Holders: at.holders}
	circle := known.Begin()
	defer known.End()
	if circle != nil && q.quit(w, at) {
		lane.Quit()
		panic(newDeadlock(circle))
	}
	patience := waitfor.NewPatience()
	defer patience.Stop()
	for {
		select {
		case <-w.ready:
			return nil
		case <-done:
			return q.leave(w, at, ctx)
		case <-patience.C():
			patience.Look()
		}
	}
}

// leave ends the wait of w because ctx is done, or accepts what it was given
// meanwhile.
func (q *queue) leave(w *waiter, at primitive, ctx context.Context) error {
	if !q.quit(w, at) {
		<-w.ready
		return nil
	}
	return context.Cause(ctx)
}

// quit takes w out of the queue and reports whether it was still there.
//
//go:norace
func (q *queue) quit(w *waiter, at primitive) bool {
	q.lock()
	defer q.unlock()
	if !q.remove(w) {
		return false
	}
	at.left()
	return true
}

// names returns who waits, the next to be served first.
//
//go:norace
func (q *queue) names() []string {
	q.lock()
	var goroutines []int64
	for w := q.first; w != nil; w = w.next {
		goroutines = append(goroutines, w.goroutine)
	}
	q.unlock()
	return waitfor.Names(goroutines)
}

// within is the timeout form of a wait: try it at once, then wait with a context
// that is done after d.
func within(d time.Duration, try func() bool, wait func(context.Context) error) bool {
	if try() {
		return true
	}
	ctx, cancel := context.WithTimeout(context.Background(), d)
	defer cancel()
	return wait(ctx) == nil
}

// done returns the cause if ctx is done already.
func done(ctx context.Context) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return nil
}

// patience returns for how long the first in the queue has waited.
//
//go:norace
func (q *queue) patience() time.Duration {
	q.lock()
	defer q.unlock()
	if q.first == nil {
		return 0
	}
	return time.Since(q.first.since)
}

// without returns goroutines without the one at i.
//
//go:norace
func without(goroutines []int64, i int) []int64 {
	for ; i < len(goroutines)-1; i++ {
		goroutines[i] = goroutines[i+1]
	}
	return goroutines[:len(goroutines)-1]
}
