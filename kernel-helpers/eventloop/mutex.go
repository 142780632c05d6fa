package eventloop

import "fmt"

// Mutex lets one task at a time be somewhere, also while it waits for something
// else, asyncio's Lock. What a task does between two waits needs no lock. [NewMutex]
// makes it; its zero value is of no use. It is handed over in the order in which
// tasks came, it is not re-entrant, and only the task that holds it unlocks it.
type Mutex struct {
	primitive
	holder  *task
	waiters line
}

// NewMutex returns an unlocked mutex. Charts and messages call it by its name;
// without one, "", by the variable on the line that calls NewMutex.
func NewMutex(loop *Loop, name string) *Mutex {
	m := &Mutex{primitive: newPrimitive(loop, "lock", name)}
	m.waiters = line{isLock: true, what: func() string {
		if m.holder == nil {
			return m.title()
		}
		return m.title() + ", held by " + m.holder.Name()
	}}
	return m
}

// Lock waits until the mutex is free and takes it. The error tells that the task
// was cancelled and does not hold it. It panics if the calling task holds it already.
func (m *Mutex) Lock() error {
	t, err := m.loop.waiter("Lock")
	switch {
	case err != nil:
		return err
	case m.holder == t:
		panic(fmt.Sprintf("eventloop: Lock of %s by %s, which holds it: it would wait for itself", m.title(), t.Name()))
	case m.holder == nil:
		m.got(t)
		return nil
	}
	return m.waiters.wait(t) // Unlock hands it over
}

// TryLock takes the mutex if it is free, and reports whether it did.
func (m *Mutex) TryLock() bool {
	t := m.loop.current("TryLock")
	if m.holder != nil {
		return false
	}
	m.got(t)
	return true
}

// Unlock gives the mutex up, to the task that has waited longest. It panics unless the
// calling task holds it.
func (m *Mutex) Unlock() {
	t := m.loop.current("Unlock")
	if m.holder != t {
		panic(fmt.Sprintf("eventloop: Unlock of %s by %s, which does not hold it", m.title(), t.Name()))
	}
	m.holder = nil
	m.loop.recorder.released(&m.primitive, t)
	if next := m.waiters.wakeFirst(); next != nil {
		m.got(next)
	}
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

// Holder returns the name of the task that holds the mutex, or "" if it is free.
func (m *Mutex) Holder() string {
	m.loop.check("Holder")
	if m.holder == nil {
		return ""
	}
	return m.holder.Name()
}

// Waiting returns the names of the tasks that wait, in their order.
func (m *Mutex) Waiting() []string {
	m.loop.check("Waiting")
	return m.waiters.names()
}

// String tells who holds the mutex and who waits for it: "Mutex bill: held by A; B
// waits".
func (m *Mutex) String() string {
	state := "free"
	if m.holder != nil {
		state = "held by " + m.holder.Name()
	}
	return m.describe("Mutex", state, m.waiters.names())
}

func (m *Mutex) got(t *task) {
	m.holder = t
	m.loop.recorder.got(&m.primitive, 1, t)
}
