package locks

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
)

// ErrBroken is what a goroutine gets at a [Barrier] that is broken.
var ErrBroken = errors.New("locks: the barrier is broken: somebody left or aborted it; Reset mends it")

// Barrier is a place where a number of goroutines wait for each other, again and
// again, with the rules of Python's threading.Barrier: if one gives up waiting,
// it breaks the barrier for all.
//
// In Go a sync.WaitGroup waits for goroutines to end; a barrier lets them go on
// in step.
type Barrier struct {
	queue   queue // its mu protects what follows
	events  events.Lock
	parties int
	action  func()
	broken  bool
	opening *round // while the action runs
}

// round is one time that all have arrived.
type round struct {
	waiters []*waiter
	acted   bool // the action has returned
	aborted bool // while it ran
	broken  bool
}

// NewBarrier returns a barrier for a number of goroutines, at least one, with a
// name for charts and messages. With fewer Wait panics: "locks: Wait of Barrier lap,
// which is for 0 goroutines; make it with NewBarrier for at least one".
func NewBarrier(name string, parties int) *Barrier {
	return &Barrier{parties: parties, events: events.Lock{Kind: "barrier", Name: name}}
}

// Before makes f what the last to arrive calls before anybody goes on. Call it
// before the barrier is used. If f panics, the barrier is broken.
func (b *Barrier) Before(f func()) { b.action = f }

// Wait waits until all have arrived. It returns in which place the caller came,
// from 0 on, so that one of them can be chosen for something. It returns
// [ErrBroken] if the barrier is broken or gets broken meanwhile.
func (b *Barrier) Wait() (place int, err error) { return b.wait(nil) }

// WaitContext is Wait, but breaks the barrier once ctx is done and returns its
// cause.
func (b *Barrier) WaitContext(ctx context.Context) (place int, err error) {
	if err := done(ctx); err != nil {
		b.Abort()
		return 0, err
	}
	return b.wait(ctx)
}

// WaitTimeout is Wait, but breaks the barrier after d; with d zero or less, at once,
// unless the caller is the last to arrive. It reports whether all arrived.
func (b *Barrier) WaitTimeout(d time.Duration) (place int, ok bool) {
	ctx, cancel := context.WithTimeout(context.Background(), max(d, 0))
	defer cancel()
	place, err := b.wait(ctx)
	return place, err == nil
}

// Abort breaks the barrier: who waits, or comes, gets [ErrBroken].
//
//go:norace
func (b *Barrier) Abort() {
	b.queue.lock()
	defer b.queue.unlock()
	b.breakUp()
}

// Reset makes the barrier as new. Who waits gets [ErrBroken].
//
//go:norace
func (b *Barrier) Reset() {
	b.queue.lock()
	defer b.queue.unlock()
	b.breakUp()
	b.broken = false
}

// Broken reports whether the barrier is broken.
//
//go:norace
func (b *Barrier) Broken() bool {
	b.queue.lock()
	defer b.queue.unlock()
	return b.broken
}

// Parties returns how many goroutines meet.
func (b *Barrier) Parties() int { return b.parties }

// Name returns the name that the barrier was given, or "".
func (b *Barrier) Name() string { return b.events.Name }

// Waiting returns the names of the goroutines that wait, in their order.
func (b *Barrier) Waiting() []string { return b.queue.names() }

// String tells how many have arrived, and who.
func (b *Barrier) String() string {
	waiting := b.Waiting()
	state := fmt.Sprintf("%d of %d are there", len(waiting), b.parties)
	if b.Broken() {
		state = "broken"
	}
	return describe("Barrier", b.Name(), state, waiting)
}

//go:norace
func (b *Barrier) wait(ctx context.Context) (place int, err error) {
	if b.parties < 1 {
		panic(fmt.Sprintf("locks: Wait of %s, which is for %d goroutines; make it with NewBarrier for at least one", called("Barrier", b.Name()), b.parties))
	}
	b.queue.order.Release() // all that was done before is seen by all after
	defer b.queue.order.Acquire()
	b.queue.lock()
	if b.broken {
		b.queue.unlock()
		return 0, ErrBroken
	}
	place = b.queue.n
	if place == b.parties-1 {
		defer b.queue.unlock()
		return place, b.open()
	}
	w := b.queue.join()
	b.queue.unlock()
	b.events.Want()
	defer b.events.Quit() // nobody holds a barrier
	if err := b.queue.wait(w, b, ctx); err != nil {
		return 0, err
	}
	if !w.granted {
		return 0, ErrBroken
	}
	return place, nil
}

// open lets a round go on. It is called by the last to arrive, with the queue
// locked.
func (b *Barrier) open() error {
	// Who comes while the action runs is of the next round.
	r := &round{}
	for w := b.queue.first; w != nil; w = b.queue.first {
		b.queue.remove(w)
		r.waiters = append(r.waiters, w)
	}
	defer r.end() // also if the action panics
	if b.action != nil {
		b.act(r)
	}
	if r.broken {
		return ErrBroken
	}
	return nil
}

// act calls the action, with the queue unlocked meanwhile.
//
//go:norace
func (b *Barrier) act(r *round) {
	b.opening = r
	b.queue.unlock()
	defer b.acted(r)
	b.queue.order.Acquire()
	b.action()
	b.queue.order.Release()
	r.acted = true
}

//go:norace
func (b *Barrier) acted(r *round) {
	b.queue.lock()
	b.opening = nil
	r.broken = r.aborted || !r.acted
	b.broken = b.broken || !r.acted
}

// end lets a round's goroutines go on.
//
//go:norace
func (r *round) end() {
	for _, w := range r.waiters {
		w.granted = !r.broken
		w.ready <- struct{}{}
	}
}

// breakUp breaks the barrier for all who wait.
//
//go:norace
func (b *Barrier) breakUp() {
	b.broken = true
	if b.opening != nil {
		b.opening.aborted = true
	}
	for b.queue.pop(false) != nil {
	}
}

func (b *Barrier) lane() *events.Lock { return &b.events }

func (b *Barrier) holders() (goroutines []int64, proof bool) { return nil, false }

// left breaks the barrier: it cannot be complete any more.
func (b *Barrier) left() { b.breakUp() }
