package locks

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/petermattis/goid"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
	"github.com/interleave-lab/interleave/kernel-helpers/internal/race"
	"github.com/interleave-lab/interleave/kernel-helpers/internal/waitfor"
)

// RWMutex is a lock that many readers or one writer may hold, with the rules of
// [sync.RWMutex]: the zero value is unlocked, any goroutine may unlock it, and
// who wants to read waits behind a writer that came before, so that writers do
// not starve. Therefore a goroutine must not read-lock it twice.
//
// Use it where many read, for long, and few write: else a [Mutex] is faster.
type RWMutex struct {
	queue   queue // its mu protects what follows
	events  events.Lock
	writer  int64      // the goroutine that holds it to write, or 0
	readers []int64    // those that hold it to read
	foreign bool       // another goroutine than a holder has unlocked it
	read    race.Order // of reading before writing; the queue's is of writing before both
}

// NewRWMutex returns an unlocked mutex with a name for charts and messages.
func NewRWMutex(name string) *RWMutex {
	return &RWMutex{events: events.Lock{Name: name}}
}

// Lock waits until nobody holds the mutex and takes it to write. It panics with
// a [DeadlockError] if that cannot come, as when the caller reads.
func (rw *RWMutex) Lock() { rw.acquire(writing, nil) }

// RLock waits until no writer holds the mutex, or waits for it, and takes it to
// read. It panics with a [DeadlockError] if that cannot come.
func (rw *RWMutex) RLock() { rw.acquire(reading, nil) }

// TryLock takes the mutex to write if it is free and reports whether it did.
func (rw *RWMutex) TryLock() bool { return rw.try(writing) }

// TryRLock takes the mutex to read if it need not wait and reports whether it
// did.
func (rw *RWMutex) TryRLock() bool { return rw.try(reading) }

// LockContext is Lock, but gives up once ctx is done and returns its cause.
func (rw *RWMutex) LockContext(ctx context.Context) error {
	if err := done(ctx); err != nil {
		return err
	}
	return rw.acquire(writing, ctx)
}

// RLockContext is RLock, but gives up once ctx is done and returns its cause.
func (rw *RWMutex) RLockContext(ctx context.Context) error {
	if err := done(ctx); err != nil {
		return err
	}
	return rw.acquire(reading, ctx)
}

// LockTimeout is Lock, but waits no longer than d. It reports whether the mutex
// was taken.
func (rw *RWMutex) LockTimeout(d time.Duration) bool { return within(d, rw.TryLock, rw.LockContext) }

// RLockTimeout is RLock, but waits no longer than d. It reports whether the mutex
// was taken.
func (rw *RWMutex) RLockTimeout(d time.Duration) bool {
	return within(d, rw.TryRLock, rw.RLockContext)
}

// Unlock gives the mutex up. It panics if it is not locked to write: "locks: Unlock
// of RWMutex page, which is not locked to write; RUnlock ends an RLock".
//
//go:norace
func (rw *RWMutex) Unlock() {
	rw.queue.order.Release()
	rw.lock()
	defer rw.queue.unlock()
	if rw.writer == 0 {
		panic("locks: Unlock of " + called("RWMutex", rw.Name()) + ", which is not locked to write; RUnlock ends an RLock")
	}
	rw.foreign = rw.foreign || rw.writer != goid.Get()
	rw.events.Released()
	rw.writer = 0
	rw.handOver()
}

// RUnlock ends one RLock. It panics if the mutex is not locked to read: "locks:
// RUnlock of RWMutex page, which is not locked to read; Unlock ends a Lock".
//
//go:norace
func (rw *RWMutex) RUnlock() {
	rw.read.Release()
	rw.lock()
	defer rw.queue.unlock()
	if len(rw.readers) == 0 {
		panic("locks: RUnlock of " + called("RWMutex", rw.Name()) + ", which is not locked to read; Unlock ends a Lock")
	}
	i := slices.Index(rw.readers, goid.Get())
	if i < 0 {
		rw.foreign = true
		i = 0
	}
	rw.events.Released()
	rw.readers = without(rw.readers, i)
	rw.handOver()
}

// With calls f while it holds the mutex to write, and gives it up however f ends.
func (rw *RWMutex) With(f func()) {
	rw.Lock()
	defer rw.Unlock()
	f()
}

// WithRead calls f while it holds the mutex to read, and gives it up however f
// ends.
func (rw *RWMutex) WithRead(f func()) {
	rw.RLock()
	defer rw.RUnlock()
	f()
}

// RLocker returns a [sync.Locker] whose Lock and Unlock are RLock and RUnlock.
func (rw *RWMutex) RLocker() sync.Locker { return (*rlocker)(rw) }

type rlocker RWMutex

func (r *rlocker) Lock()   { (*RWMutex)(r).RLock() }
func (r *rlocker) Unlock() { (*RWMutex)(r).RUnlock() }

// Name returns the name that the mutex was given, or "".
func (rw *RWMutex) Name() string { return rw.events.Name }

// Holders returns the names of the goroutines that hold the mutex: the writer, or
// the readers in the order in which they came.
func (rw *RWMutex) Holders() []string {
	goroutines, _ := rw.holders()
	return waitfor.Names(goroutines)
}

// Waiting returns the names of the goroutines that wait, in their order.
func (rw *RWMutex) Waiting() []string { return rw.queue.names() }

// String tells who holds the mutex and who waits for it.
//
//go:norace
func (rw *RWMutex) String() string {
	holders := rw.Holders()
	state := heldBy(holders...)
	rw.queue.lock()
	if len(holders) > 0 && len(rw.readers) > 0 {
		state += " to read"
	}
	rw.queue.unlock()
	return describe("RWMutex", rw.Name(), state, rw.Waiting())
}

// What an RWMutex is taken for.
const (
	writing = false
	reading = true
)

//go:norace
func (rw *RWMutex) acquire(toRead bool, ctx context.Context) error {
	rw.lock()
	if rw.queue.first == nil && rw.take(goid.Get(), toRead) {
		rw.queue.unlock()
		rw.got(toRead)
		return nil
	}
	w := rw.queue.join()
	w.reads = toRead
	rw.queue.unlock()
	rw.events.Want()
	if err := rw.queue.wait(w, rw, ctx); err != nil {
		rw.events.Quit()
		return err
	}
	rw.got(toRead)
	return nil
}

//go:norace
func (rw *RWMutex) try(toRead bool) bool {
	rw.lock()
	taken := rw.queue.first == nil && rw.take(goid.Get(), toRead)
	rw.queue.unlock()
	if taken {
		rw.got(toRead)
	}
	return taken
}

// take makes a goroutine a holder if those that there are allow it.
//
//go:norace
func (rw *RWMutex) take(goroutine int64, toRead bool) bool {
	switch {
	case rw.writer != 0, !toRead && len(rw.readers) > 0:
		return false
	case toRead:
		rw.readers = append(rw.readers, goroutine)
	default:
		rw.writer = goroutine
	}
	return true
}

// handOver lets as many in as may hold the mutex beside each other.
//
//go:norace
func (rw *RWMutex) handOver() {
	for w := rw.queue.first; w != nil && rw.take(w.goroutine, w.reads); w = rw.queue.first {
		rw.queue.pop(true)
	}
}

func (rw *RWMutex) got(toRead bool) {
	rw.queue.order.Acquire()
	if toRead {
		rw.events.Got()
	} else {
		rw.read.Acquire()
		rw.events.GotAlone()
	}
}

// lock locks the queue, and makes the zero value one of several holders in charts.
//
//go:norace
func (rw *RWMutex) lock() {
	rw.queue.lock()
	is(&rw.events, "lock", true)
}

func (rw *RWMutex) lane() *events.Lock { return &rw.events }

// holders proves something for who waits to read, too: that one waits behind a
// writer, and the writer for all who read.
//
//go:norace
func (rw *RWMutex) holders() (goroutines []int64, proof bool) {
	rw.queue.lock()
	defer rw.queue.unlock()
	if rw.writer != 0 {
		return []int64{rw.writer}, !rw.foreign
	}
	return slices.Clone(rw.readers), !rw.foreign
}

// left lets readers in who waited behind a writer.
func (rw *RWMutex) left() { rw.handOver() }
