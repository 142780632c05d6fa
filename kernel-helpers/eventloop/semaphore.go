package eventloop

import "fmt"

// Semaphore lets a number of tasks be somewhere at once. [NewSemaphore] makes it.
// It is handed over in the order in which tasks came.
type Semaphore struct {
	loop    *Loop
	name    string
	n       int
	free    int
	waiters line
}

// NewSemaphore returns a semaphore that n tasks can hold at once. It panics if n is
// less than 1.
func NewSemaphore(loop *Loop, name string, n int) *Semaphore {
	if n < 1 {
		panic(fmt.Sprintf("eventloop: NewSemaphore of %d; at least 1 task must be able to hold it", n))
	}
	return &Semaphore{loop: loop, name: name, n: n, free: n,
		waiters: line{what: fmt.Sprintf("semaphore %s, which %d hold", name, n)}}
}

// Acquire waits until fewer than n tasks hold the semaphore. The error tells that
// the task was cancelled and does not hold it.
func (s *Semaphore) Acquire() error {
	t, err := s.loop.waiter("Acquire")
	switch {
	case err != nil:
		return err
	case s.free > 0:
		s.free--
		return nil
	}
	return s.waiters.wait(t) // Release hands it over
}

// Release gives the semaphore up. It panics if nobody holds it.
func (s *Semaphore) Release() {
	s.loop.check("Release")
	switch {
	case s.free == s.n:
		panic(fmt.Sprintf("eventloop: Release of semaphore %s, which nobody holds", s.name))
	case s.waiters.wakeFirst() == nil:
		s.free++
	}
}

// With calls f while the task holds the semaphore, and gives it up however f ends.
// The error is f's, or tells that the task was cancelled before.
func (s *Semaphore) With(f func() error) error {
	if err := s.Acquire(); err != nil {
		return err
	}
	defer s.Release()
	return f()
}

// Mutex lets one task at a time be somewhere, also while it waits for something
// else. What a task does between two waits needs no lock. [NewMutex] makes it; it
// is handed over in the order in which tasks came.
type Mutex struct {
	loop    *Loop
	name    string
	holder  *task
	waiters line
}

// NewMutex returns an unlocked mutex.
func NewMutex(loop *Loop, name string) *Mutex {
	m := &Mutex{loop: loop, name: name}
	m.waiters = line{what: "lock " + name, detail: func() string {
		if m.holder == nil {
			return ""
		}
		return ", held by " + m.holder.Name()
	}}
	return m
}

// Lock waits until the mutex is free and takes it. The error tells that the task
// was cancelled and does not hold it.
func (m *Mutex) Lock() error {
	t, err := m.loop.waiter("Lock")
	switch {
	case err != nil:
		return err
	case m.holder == t:
		panic(fmt.Sprintf("eventloop: Lock of %s by %s, which holds it: it would wait for itself", m.name, t.Name()))
	case m.holder == nil:
		m.holder = t
		return nil
	}
	return m.waiters.wait(t) // Unlock hands it over
}

// Unlock gives the mutex up. It panics unless the calling task holds it.
func (m *Mutex) Unlock() {
	t := m.loop.current("Unlock")
	if m.holder != t {
		panic(fmt.Sprintf("eventloop: Unlock of %s by %s, which does not hold it", m.name, t.Name()))
	}
	m.holder = m.waiters.wakeFirst()
}

// With calls f while the task holds the mutex, and gives it up however f ends. The
// error is f's, or tells that the task was cancelled before.
func (m *Mutex) With(f func() error) error {
	if err := m.Lock(); err != nil {
		return err
	}
	defer m.Unlock()
	return f()
}
