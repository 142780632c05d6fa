package sync

import (
	real "sync"
	"unsafe"

	"github.com/interleave-lab/interleave/internal/engine/schedule"
)

// Mutex is sync.Mutex: whoever comes while it is free gets it, though others wait.
type Mutex struct {
	queue queue
	held  bool
	owner owner
}

// Lock locks m, waiting until it is free.
//
//go:norace
func (m *Mutex) Lock() {
	schedule.Point(0)
	for {
		m.queue.lock()
		if m.take() {
			m.queue.unlock()
			schedule.Acquire(unsafe.Pointer(m))
			return
		}
		m.owner.wait(unsafe.Pointer(m), &m.queue, &m.queue.waiters)
	}
}

// TryLock locks m if it is free, and reports whether it was.
//
//go:norace
func (m *Mutex) TryLock() bool {
	schedule.Point(0)
	m.queue.lock()
	taken := m.take()
	m.queue.unlock()
	if taken {
		schedule.Acquire(unsafe.Pointer(m))
	}
	return taken
}

//go:norace
func (m *Mutex) take() bool {
	if m.held {
		return false
	}
	m.held = true
	m.owner.gets()
	return true
}

// Unlock unlocks m, which any goroutine may do.
//
//go:norace
func (m *Mutex) Unlock() {
	schedule.Release(unsafe.Pointer(m))
	m.queue.lock()
	held := m.held
	if held {
		m.owner.frees(unsafe.Pointer(m))
		m.held = false
		m.queue.wakeOne()
	}
	m.queue.unlock()
	if !held {
		new(real.Mutex).Unlock() // ends the program as Go's does: no recover helps
	}
	schedule.Point(0)
}
