package locks

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
)

// Event is a flag that goroutines wait for, Python's threading.Event. The zero
// value is not set.
//
// In Go a channel that is closed does the same, once: close(ready), <-ready.
// Use an Event where it is cleared again.
type Event struct {
	set    atomic.Bool // written with queue.mu held
	queue  queue
	events events.Lock
}

// NewEvent returns an event that is not set, with a name for charts and messages.
func NewEvent(name string) *Event { return &Event{events: events.Lock{Name: name}} }

// Set sets the event and lets all who wait for it go on.
//
//go:norace
func (e *Event) Set() {
	e.queue.order.Release()
	e.queue.lock()
	defer e.queue.unlock()
	e.set.Store(true)
	for e.queue.pop(true) != nil {
	}
}

// Clear makes the event one that is not set. Who waited when it was set goes on
// nevertheless.
//
//go:norace
func (e *Event) Clear() {
	e.queue.lock()
	defer e.queue.unlock()
	e.set.Store(false)
}

// IsSet reports whether the event is set.
func (e *Event) IsSet() bool {
	set := e.set.Load()
	if set {
		e.queue.order.Acquire()
	}
	return set
}

// Wait waits until the event is set.
func (e *Event) Wait() { e.wait(nil) }

// WaitContext is Wait, but gives up once ctx is done and returns its cause.
func (e *Event) WaitContext(ctx context.Context) error {
	if err := done(ctx); err != nil {
		return err
	}
	return e.wait(ctx)
}

// WaitTimeout is Wait, but waits no longer than d. It reports whether the event
// was set.
func (e *Event) WaitTimeout(d time.Duration) bool { return within(d, e.IsSet, e.WaitContext) }

// Name returns the name that the event was given, or "".
func (e *Event) Name() string { return e.events.Name }

// Waiting returns the names of the goroutines that wait, in their order.
func (e *Event) Waiting() []string { return e.queue.names() }

// String tells whether the event is set, and who waits for it.
func (e *Event) String() string {
	state := "not set"
	if e.IsSet() {
		state = "set"
	}
	return describe("Event", e.Name(), state, e.Waiting())
}

//go:norace
func (e *Event) wait(ctx context.Context) error {
	if e.IsSet() {
		return nil
	}
	e.queue.lock()
	if e.set.Load() {
		e.queue.unlock()
		e.queue.order.Acquire()
		return nil
	}
	is(&e.events, "event", false)
	w := e.queue.join()
	e.queue.unlock()
	e.events.Want()
	defer e.events.Quit() // nobody holds an event
	err := e.queue.wait(w, e, ctx)
	e.queue.order.Acquire()
	return err
}

func (e *Event) lane() *events.Lock { return &e.events }

func (e *Event) holders() (goroutines []int64, proof bool) { return nil, false }

func (e *Event) left() {}
