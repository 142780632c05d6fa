package locks

import (
	"context"
	"fmt"
	"time"

	"github.com/petermattis/goid"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
	"github.com/interleave-lab/interleave/kernel-helpers/internal/waitfor"
)

// RMutex is a re-entrant mutual exclusion lock, Python's RLock: the goroutine that
// holds it may lock it again, and it is free once it was unlocked as many times.
// Only its holder may unlock it. The zero value is unlocked.
//
// Go has none on purpose: a function that may be called with the lock held or
// without cannot know whether what the lock protects is in order. Use it where
// code from another language is carried over.
type RMutex struct {
	mu    Mutex
	depth int // how often the holder has locked it; read and written by the holder
}

// NewRMutex returns an unlocked mutex with a name for charts and messages.
func NewRMutex(name string) *RMutex {
	return &RMutex{mu: Mutex{events: events.Lock{Name: name}}}
}

// Lock waits until no other goroutine holds the mutex and takes it once more. It
// panics with a [DeadlockError] if that cannot come.
func (r *RMutex) Lock() {
	if !r.again() {
		r.mu.Lock()
		r.depth = 1
	}
}

// TryLock takes the mutex once more if no other goroutine holds it, and reports
// whether it did.
func (r *RMutex) TryLock() bool {
	if r.again() {
		return true
	}
	if !r.mu.TryLock() {
		return false
	}
	r.depth = 1
	return true
}

// LockContext is Lock, but gives up once ctx is done and returns its cause.
func (r *RMutex) LockContext(ctx context.Context) error {
	if err := done(ctx); err != nil || r.again() {
		return err
	}
	if err := r.mu.LockContext(ctx); err != nil {
		return err
	}
	r.depth = 1
	return nil
}

// LockTimeout is Lock, but waits no longer than d. It reports whether the mutex
// was taken.
func (r *RMutex) LockTimeout(d time.Duration) bool { return within(d, r.TryLock, r.LockContext) }

// Unlock takes one Lock back, and gives the mutex up with the last. It panics if
// the calling goroutine does not hold the mutex: "locks: Unlock of RMutex till, which
// worker 1 holds and not worker 2; only its holder may do that".
func (r *RMutex) Unlock() {
	r.mustBeMine("Unlock of")
	if r.depth--; r.depth == 0 {
		r.mu.Unlock()
	}
}

// With calls f while it holds the mutex, and takes the Lock back however f ends.
func (r *RMutex) With(f func()) {
	r.Lock()
	defer r.Unlock()
	f()
}

// Name returns the name that the mutex was given, or "".
func (r *RMutex) Name() string { return r.mu.Name() }

// Holder returns the name of the goroutine that holds the mutex, or "" if it is
// free.
func (r *RMutex) Holder() string { return r.mu.Holder() }

// Waiting returns the names of the goroutines that wait, in their order.
func (r *RMutex) Waiting() []string { return r.mu.Waiting() }

// String tells who holds the mutex and who waits for it.
func (r *RMutex) String() string {
	return describe("RMutex", r.Name(), heldBy(r.Holder()), r.Waiting())
}

// again locks the mutex once more if the calling goroutine holds it.
func (r *RMutex) again() bool {
	if !r.mine() {
		return false
	}
	r.depth++
	return true
}

func (r *RMutex) mine() bool { return r.mu.state.Load()>>1 == goid.Get() }

func (r *RMutex) mustBeMine(what string) {
	if r.mine() {
		return
	}
	state := "which is not locked"
	if holder := r.Holder(); holder != "" {
		state = fmt.Sprintf("which %s holds and not %s; only its holder may do that", holder, waitfor.Name(goid.Get()))
	}
	panic(fmt.Sprintf("locks: %s %s, %s", what, called("RMutex", r.Name()), state))
}

// letGo gives the mutex up, however often it was locked, until takeBack.
func (r *RMutex) letGo() (depth int) {
	r.mustBeMine("Wait with")
	depth = r.depth
	r.depth = 0
	r.mu.Unlock()
	return depth
}

func (r *RMutex) takeBack(depth int) {
	r.mu.Lock()
	r.depth = depth
}
