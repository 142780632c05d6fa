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
	holder  int32 // the writer, or the latest reader
	since   time.Time
	reads   byte // its address is where readers release
}

// Lock locks rw for writing.
//
//go:norace
func (rw *RWMutex) Lock() {
	schedule.Point(0)
	rw.queue.lock()
	rw.wanting++
	for !rw.takeAll() {
		schedule.WaitsFor(unsafe.Pointer(rw), rw.holder, rw.since)
		rw.queue.wait()
		schedule.Point(0)
		schedule.WaitsFor(nil, -1, time.Time{})
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
		schedule.WaitsFor(unsafe.Pointer(rw), rw.holder, rw.since)
		rw.queue.waitAmong(&rw.shut) // until a writer lets it in
		schedule.Point(0)
		schedule.WaitsFor(nil, -1, time.Time{})
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
	rw.writer, rw.holder, rw.since = true, schedule.Self(), time.Now()
	return true
}

//go:norace
func (rw *RWMutex) takeShare() bool {
	if rw.writer || rw.wanting > 0 {
		return false
	}
	if rw.readers == 0 {
		rw.since = time.Now()
	}
	rw.readers++
	rw.holder = schedule.Self()
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
		schedule.Had(unsafe.Pointer(rw), rw.holder, rw.since)
		rw.writer = false
		if rw.shut.n > 0 {
			rw.readers, rw.since = rw.shut.n, time.Now()
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
		schedule.Had(unsafe.Pointer(rw), rw.holder, rw.since)
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
