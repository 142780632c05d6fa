package locks

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/petermattis/goid"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
	"github.com/interleave-lab/interleave/kernel-helpers/internal/waitfor"
)

// Semaphore has permits that goroutines acquire and release, as Python's
// threading.Semaphore (and that of E. W. Dijkstra, Cooperating Sequential Processes,
// 1965, whose P and V they are). Any goroutine may release one, also without having
// acquired one: then there is one more. The zero value has none.
//
// In Go a channel with room for n does the same: send to acquire, receive to
// release; [golang.org/x/sync/semaphore] weighs. Use a [BoundedSemaphore] where
// permits are only ever given back: it notices one too many.
type Semaphore struct {
	queue   queue // its mu protects what follows
	events  events.Lock
	permits int     // free ones; while there are any, nobody waits
	held    []int64 // the goroutines that have acquired one, as far as is known
	limit   int     // of permits; 0 is none
	foreign bool    // a goroutine without a permit has released one
	wrong   string  // what is wrong with how it was made
}

// BoundedSemaphore is a [Semaphore] that never has more permits than it was made
// with: a Release too many panics. Its zero value is of no use.
type BoundedSemaphore struct{ Semaphore }

// NewSemaphore returns a semaphore with permits, which may be none, and a name
// for charts and messages. With fewer than none its use panics: "locks: Semaphore
// seats was made with -1 permits; give it at least 0".
func NewSemaphore(name string, permits int) *Semaphore {
	s := &Semaphore{}
	s.init("Semaphore", name, permits, 0)
	return s
}

// NewBoundedSemaphore returns a semaphore with permits, at least one, and a name
// for charts and messages. With fewer its use panics.
func NewBoundedSemaphore(name string, permits int) *BoundedSemaphore {
	s := &BoundedSemaphore{Semaphore{limit: permits}}
	s.init("BoundedSemaphore", name, permits, 1)
	return s
}

// init does not panic: it may be called for a variable of the package's, in every
// cell.
func (s *Semaphore) init(what, name string, permits, least int) {
	if permits < least {
		s.wrong = fmt.Sprintf("locks: %s was made with %s; give it at least %d", called(what, name), plural(permits, "permit"), least)
	}
	s.permits = permits
	s.events = events.Lock{Name: name, Permits: permits}
}

// Acquire waits until there is a permit and takes it.
func (s *Semaphore) Acquire() { s.acquire(nil) }

// TryAcquire takes a permit if there is one and reports whether it did.
//
//go:norace
func (s *Semaphore) TryAcquire() bool {
	s.lock()
	taken := s.take()
	s.queue.unlock()
	if taken {
		s.got()
	}
	return taken
}

// AcquireContext is Acquire, but gives up once ctx is done and returns its cause.
func (s *Semaphore) AcquireContext(ctx context.Context) error {
	if err := done(ctx); err != nil {
		return err
	}
	return s.acquire(ctx)
}

// AcquireTimeout is Acquire, but waits no longer than d. It reports whether it
// took a permit.
func (s *Semaphore) AcquireTimeout(d time.Duration) bool {
	return within(d, s.TryAcquire, s.AcquireContext)
}

// Release gives a permit back, or a new one, to the goroutine that has waited
// longest if any does. That of a [BoundedSemaphore] panics if all permits are there:
// "locks: Release of BoundedSemaphore seats, which has all of its 2 permits; release
// once for each Acquire".
//
//go:norace
func (s *Semaphore) Release() {
	s.queue.order.Release()
	s.lock()
	defer s.queue.unlock()
	if s.limit > 0 && s.permits == s.limit {
		panic(fmt.Sprintf("locks: Release of %s, which has all of its %s; release once for each Acquire",
			called("BoundedSemaphore", s.Name()), plural(s.limit, "permit")))
	}
	s.events.Released()
	s.forget(goid.Get())
	if w := s.queue.first; w != nil {
		s.held = append(s.held, w.goroutine)
		s.queue.pop(true)
		return
	}
	s.permits++
}

// With calls f while it holds a permit, and gives it back however f ends.
func (s *Semaphore) With(f func()) {
	s.Acquire()
	defer s.Release()
	f()
}

// Name returns the name that the semaphore was given, or "".
func (s *Semaphore) Name() string { return s.events.Name }

// Permits returns how many permits are free.
//
//go:norace
func (s *Semaphore) Permits() int {
	s.queue.lock()
	defer s.queue.unlock()
	return s.permits
}

// Holders returns the names of the goroutines that have a permit, once for each,
// in the order in which they acquired it.
func (s *Semaphore) Holders() []string {
	held, _ := s.holders()
	return waitfor.Names(held)
}

// Waiting returns the names of the goroutines that wait, in their order.
func (s *Semaphore) Waiting() []string { return s.queue.names() }

// String tells how many permits are free, who has one and who waits.
func (s *Semaphore) String() string {
	state := plural(s.Permits(), "permit") + " free"
	if holders := s.Holders(); len(holders) > 0 {
		state += ", " + heldBy(holders...)
	}
	what := "Semaphore"
	if s.limit > 0 {
		what = "BoundedSemaphore"
	}
	return describe(what, s.Name(), state, s.Waiting())
}

//go:norace
func (s *Semaphore) acquire(ctx context.Context) error {
	s.lock()
	if s.take() {
		s.queue.unlock()
		s.got()
		return nil
	}
	w := s.queue.join()
	s.queue.unlock()
	s.events.Want()
	if err := s.queue.wait(w, s, ctx); err != nil {
		s.events.Quit()
		return err
	}
	s.got()
	return nil
}

func (s *Semaphore) got() {
	s.queue.order.Acquire()
	s.events.Got()
}

// take takes a free permit.
//
//go:norace
func (s *Semaphore) take() bool {
	if s.permits == 0 {
		return false
	}
	s.permits--
	s.held = append(s.held, goid.Get())
	return true
}

// forget takes a goroutine, or another in its place, off the holders.
//
//go:norace
func (s *Semaphore) forget(goroutine int64) {
	i := slices.Index(s.held, goroutine)
	if i < 0 {
		s.foreign = true
		i = 0
	}
	if len(s.held) > 0 {
		s.held = without(s.held, i)
	}
}

// lock locks the queue, and makes the zero value a semaphore in charts, too.
//
//go:norace
func (s *Semaphore) lock() {
	if s.wrong != "" {
		panic(s.wrong)
	}
	s.queue.lock()
	is(&s.events, "semaphore", true)
}

func (s *Semaphore) lane() *events.Lock { return &s.events }

// holders proves something if there is one permit and nobody makes another: then
// it is a mutex.
//
//go:norace
func (s *Semaphore) holders() (goroutines []int64, proof bool) {
	s.queue.lock()
	defer s.queue.unlock()
	return slices.Clone(s.held), s.limit == 1 && !s.foreign
}

func (s *Semaphore) left() {}
