package eventloop

import (
	"fmt"
	"slices"
	"strings"
)

// Semaphore lets a number of tasks be somewhere at once, asyncio's BoundedSemaphore:
// it has that many permits. [NewSemaphore] makes it; its zero value is of no use.
// Permits are handed over in the order in which tasks came.
type Semaphore struct {
	primitive
	permits int     // there are
	free    int     // while there are any, nobody waits
	held    []*task // who acquired the others, as far as is known
	waiters line
}

// NewSemaphore returns a semaphore with n permits. It panics if n is less than 1.
// Charts and messages call it by its name; without one, "", by the variable on the
// line that calls NewSemaphore.
func NewSemaphore(loop *Loop, name string, n int) *Semaphore {
	s := &Semaphore{primitive: newPrimitive(loop, "semaphore", name), permits: n, free: n}
	if n < 1 {
		panic(fmt.Sprintf("eventloop: %s was made with %s; give it at least 1", s.title(), count(n, "permit")))
	}
	s.waiters = line{isLock: true, what: func() string { return s.title() + heldBy(", ", s.held) }}
	return s
}

// Acquire waits until a permit is free and takes it. The error tells that the task
// was cancelled and has none.
func (s *Semaphore) Acquire() error {
	t, err := s.loop.waiter("Acquire")
	switch {
	case err != nil:
		return err
	case s.free > 0:
		s.free--
		s.got(t)
		return nil
	}
	return s.waiters.wait(t) // Release hands it over
}

// TryAcquire takes a permit if one is free, and reports whether it did.
func (s *Semaphore) TryAcquire() bool {
	t := s.loop.current("TryAcquire")
	if s.free == 0 {
		return false
	}
	s.free--
	s.got(t)
	return true
}

// Release gives a permit back, to the task that has waited longest. Any task and any
// callback may release what another has acquired. It panics if all permits are free.
func (s *Semaphore) Release() {
	s.loop.check("Release")
	if s.free == s.permits {
		panic(fmt.Sprintf("eventloop: Release of %s, which nobody holds; release it once for each Acquire", s.title()))
	}
	s.gaveUp(s.loop.running)
	if t := s.waiters.wakeFirst(); t != nil {
		s.got(t)
	} else {
		s.free++
	}
}

// With calls f while the task has a permit, and gives it back however f ends. The
// error is f's, or tells that the task was cancelled before.
func (s *Semaphore) With(f func() error) error {
	if err := s.Acquire(); err != nil {
		return err
	}
	defer s.Release()
	return f()
}

// Permits returns how many permits are free.
func (s *Semaphore) Permits() int {
	s.loop.check("Permits")
	return s.free
}

// Holders returns the names of the tasks that have a permit, once for each, in the
// order in which they got it. Where one task releases what another acquired, the
// other in the list that came first is taken off it.
func (s *Semaphore) Holders() []string {
	s.loop.check("Holders")
	return names(s.held)
}

// Waiting returns the names of the tasks that wait, in their order.
func (s *Semaphore) Waiting() []string {
	s.loop.check("Waiting")
	return s.waiters.names()
}

// String tells how many permits are free, who has one and who waits: "Semaphore
// seats: 0 permits free, held by A, B; C waits".
func (s *Semaphore) String() string {
	return s.describe("Semaphore", count(s.free, "permit")+" free"+heldBy(", ", s.held), s.waiters.names())
}

func (s *Semaphore) got(t *task) {
	s.held = append(s.held, t)
	s.loop.recorder.got(&s.primitive, s.permits, t)
}

// gaveUp takes t, or another in its place, off the holders.
func (s *Semaphore) gaveUp(t *task) {
	i := max(slices.Index(s.held, t), 0)
	s.loop.recorder.released(&s.primitive, s.held[i])
	s.held = slices.Delete(s.held, i, i+1)
}

func names(tasks []*task) []string {
	names := make([]string, len(tasks))
	for i, t := range tasks {
		names[i] = t.Name()
	}
	return names
}

// heldBy tells who holds something, after a separator; "" if nobody does.
func heldBy(separator string, holders []*task) string {
	if len(holders) == 0 {
		return ""
	}
	told := names(holders[:min(len(holders), mostNamed)])
	if len(holders) > mostNamed {
		told = append(told, "…")
	}
	return separator + "held by " + strings.Join(told, ", ")
}
