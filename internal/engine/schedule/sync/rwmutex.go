package sync

import (
	real "sync"
	"time"
	"unsafe"

	"github.com/interleave-lab/interleave/internal/engine/schedule"
)

// RWMutex is sync.RWMutex: many readers or one writer, no new reader while a writer
// waits, and no other writer before the readers that waited for one.
type RWMutex struct {
	queue   queue   // for writers
	shut    waiters // the readers that wait
	readers int
	writer  bool
	wanting int   // writers that wait
	owner   owner // the writer, or the latest reader, and since when there are any
	reads   byte  // its address is where readers release
}

// Lock locks rw for writing.
//
//go:norace
func (rw *RWMutex) Lock() {
	schedule.Point(0)
	rw.queue.lock()
	rw.wanting++
	for !rw.takeAll() {
		rw.owner.wait(unsafe.Pointer(rw), &rw.queue, &rw.queue.waiters)
		rw.queue.lock()
	}
	rw.wanting--
	rw.queue.unlock()
	schedule.Acquire(unsafe.Pointer(rw))
	schedule.Acquire(unsafe.Pointer(&rw.reads))
}

// TryLock locks rw for writing if nobody holds it, and reports whether that was so.
//
//go:norace
func (rw *RWMutex) TryLock() bool {
	schedule.Point(0)
	rw.queue.lock()
	taken := rw.takeAll()
	rw.queue.unlock()
	if taken {
		schedule.Acquire(unsafe.Pointer(rw))
		schedule.Acquire(unsafe.Pointer(&rw.reads))
	}
	return taken
}

// RLock locks rw for reading.
//
//go:norace
func (rw *RWMutex) RLock() {
	schedule.Point(0)
	rw.queue.lock()
	if rw.takeShare() {
		rw.queue.unlock()
	} else {
		rw.owner.wait(unsafe.Pointer(rw), &rw.queue, &rw.shut) // until a writer lets it in
	}
	schedule.Acquire(unsafe.Pointer(rw))
}

// TryRLock locks rw for reading if that needs no waiting, and reports whether it
// did not.
//
//go:norace
func (rw *RWMutex) TryRLock() bool {
	schedule.Point(0)
	rw.queue.lock()
	taken := rw.takeShare()
	rw.queue.unlock()
	if taken {
		schedule.Acquire(unsafe.Pointer(rw))
	}
	return taken
}

//go:norace
func (rw *RWMutex) takeAll() bool {
	if rw.writer || rw.readers > 0 {
		return false
	}
	rw.writer = true
	rw.owner.gets()
	return true
}

//go:norace
func (rw *RWMutex) takeShare() bool {
	if rw.writer || rw.wanting > 0 {
		return false
	}
	since := rw.owner.since
	rw.owner.gets()
	if rw.readers++; rw.readers > 1 {
		rw.owner.since = since // the first's
	}
	return true
}

// Unlock ends a lock for writing.
//
//go:norace
func (rw *RWMutex) Unlock() {
	schedule.Release(unsafe.Pointer(rw))
	rw.queue.lock()
	held := rw.writer
	if held {
		rw.owner.frees(unsafe.Pointer(rw))
		rw.writer = false
		if rw.shut.n > 0 {
			rw.readers, rw.owner.since = rw.shut.n, time.Now()
			rw.shut.wakeAll()
		} else {
			rw.queue.wakeOne()
		}
	}
	rw.queue.unlock()
	if !held {
		new(real.RWMutex).Unlock() // ends the program as Go's does: no recover helps
	}
	schedule.Point(0)
}

// RUnlock ends a lock for reading.
//
//go:norace
func (rw *RWMutex) RUnlock() {
	schedule.Release(unsafe.Pointer(&rw.reads))
	rw.queue.lock()
	held := rw.readers > 0
	if held {
		rw.readers--
	}
	if held && rw.readers == 0 {
		rw.owner.frees(unsafe.Pointer(rw))
		rw.queue.wakeOne()
	}
	rw.queue.unlock()
	if !held {
		new(real.RWMutex).RUnlock()
	}
	schedule.Point(0)
}

// RLocker returns a Locker whose Lock and Unlock are RLock and RUnlock of rw.
func (rw *RWMutex) RLocker() Locker { return (*readLocker)(rw) }

type readLocker RWMutex

func (r *readLocker) Lock()   { (*RWMutex)(r).RLock() }
func (r *readLocker) Unlock() { (*RWMutex)(r).RUnlock() }
