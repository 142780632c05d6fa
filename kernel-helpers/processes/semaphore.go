package processes

import (
	"context"
	"fmt"
)

// Semaphore has a fixed number of permits, which processes take and give back. It
// is made by [NewSemaphore], and is an ordinary argument of a process.
//
// A permit belongs to the process that took it. When a process ends, however it
// ends, its permits are given back. To tell another process that something has
// happened use [Event] or [Queue].
type Semaphore struct {
	object
	n int
}

// NewSemaphore returns a semaphore of n permits, 1 to 65,536, with a name that
// messages and recordings show; it may be empty, and its first 63 bytes count.
// NewSemaphore may be called anywhere, also at package level; it takes nothing from
// the system until it is used. Another n is the error of Acquire, TryAcquire, With
// and Permits.
func NewSemaphore(name string, n int) *Semaphore {
	s := &Semaphore{n: n}
	s.declare("semaphore", name)
	s.lane.Shared, s.lane.Permits = true, n
	return s
}

// Acquire takes a permit. While there is none it waits, until ctx is done, and then
// returns context.Cause(ctx). A permit is held only if the error is nil. Whoever
// waits longest is not sure to be next.
func (s *Semaphore) Acquire(ctx context.Context) error {
	p, err := s.open()
	if err != nil {
		return err
	}
	if !p.try() {
		if err := p.wait(ctx, &s.lane); err != nil {
			return err
		}
	}
	s.lane.Got()
	return nil
}

// TryAcquire takes a permit if there is one now, and reports whether it did. It
// never waits.
func (s *Semaphore) TryAcquire() (bool, error) {
	p, err := s.open()
	if err != nil || !p.try() {
		return false, err
	}
	s.lane.Got()
	return true, nil
}

// Release gives back a permit. Any goroutine of a process that has one may do so; it
// panics if this process has none.
func (s *Semaphore) Release() {
	p, err := s.open()
	s.lane.Released()
	if err != nil || !p.give() {
		panic(fmt.Sprintf("processes: Release of the semaphore %s, of which this process has no permit", s.label()))
	}
}

// With calls f with a permit, and gives the permit back whatever becomes of f. Its
// error is that of Acquire or of f.
func (s *Semaphore) With(ctx context.Context, f func() error) error {
	if err := s.Acquire(ctx); err != nil {
		return err
	}
	defer s.Release()
	return f()
}

// Permits returns how many permits nobody has at the moment. By the time it is
// looked at, others may have taken them: use TryAcquire to take one if there is one.
func (s *Semaphore) Permits() (int, error) {
	p, err := s.open()
	if err != nil {
		return 0, err
	}
	return p.free(), nil
}

// Name returns the semaphore's name, "" if it has none.
func (s *Semaphore) Name() string { return s.name }

// GobEncode lets a semaphore be part of a process's argument. Anywhere else it is an
// error: an encoding of one's own cannot carry what processes share.
func (s *Semaphore) GobEncode() ([]byte, error) {
	p, err := s.open()
	if err != nil {
		return nil, err
	}
	return travel(p.segment, "semaphore")
}

// GobDecode is the other side of GobEncode, for the child alone.
func (s *Semaphore) GobDecode(text []byte) error {
	if err := s.arrive(text, "semaphore", permitsOf); err != nil {
		return err
	}
	s.lane.Shared, s.lane.Permits = true, len(s.segment.Load().owners)
	return nil
}

func (s *Semaphore) open() (permits, error) {
	if known := s.segment.Load(); known != nil {
		return permits{known}, nil
	}
	segment, err := s.object.open(func() (*segment, error) {
		if s.n < 1 || s.n > maxPermits {
			return nil, fmt.Errorf("processes: NewSemaphore(%q, %d): a semaphore has 1 to %d permits", s.name, s.n, maxPermits)
		}
		return newPermits(s.name, s.n, 0)
	})
	return permits{segment}, err
}
