package sync

import (
	"time"
	"unsafe"

	"github.com/interleave-lab/interleave/internal/engine/schedule"
)

// RWMutex is sync.RWMutex: many readers or one writer, and no new reader while a
// writer waits.
type RWMutex struct {
	queue   queue
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
		rw.await()
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
	for !rw.takeShare() {
		rw.await()
	}
	rw.queue.unlock()
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

// await unlocks the queue, waits for a change, and locks it again.
//
//go:norace
func (rw *RWMutex) await() {
	schedule.WaitsFor(unsafe.Pointer(rw), rw.holder, rw.since)
	rw.queue.wait()
	schedule.Point(0)
	schedule.WaitsFor(nil, -1, time.Time{})
	rw.queue.lock()
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
		rw.queue.wakeAll()
	}
	rw.queue.unlock()
	if !held {
		panic("sync: Unlock of unlocked RWMutex")
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
		rw.queue.wakeAll()
	}
	rw.queue.unlock()
	if !held {
		panic("sync: RUnlock of unlocked RWMutex")
	}
	schedule.Point(0)
}

// RLocker returns a Locker whose Lock and Unlock are RLock and RUnlock of rw.
func (rw *RWMutex) RLocker() Locker { return (*readLocker)(rw) }

type readLocker RWMutex

func (r *readLocker) Lock()   { (*RWMutex)(r).RLock() }
func (r *readLocker) Unlock() { (*RWMutex)(r).RUnlock() }
