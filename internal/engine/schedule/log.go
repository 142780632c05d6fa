package schedule

import (
	"runtime"
	"time"
	"unsafe"
)

// Kind is what an Event tells.
type Kind uint8

const (
	HeldBack Kind = iota // could go on, and was made to wait
	InCall               // was in what stands at Callers: waiting, if that took time
	ForLock              // waited for Object, which Holder had
	Held                 // had Object
)

// Event is a stretch of a recorded run.
type Event struct {
	Kind      Kind
	Goroutine int
	From, To  time.Duration // of virtual time, since the run began
	Object    uintptr       // of ForLock and Held: which lock
	Holder    int           // of ForLock: a goroutine, or -1
	Callers   [8]uintptr    // the innermost first; see runtime.CallersFrames
}

// room is how many events are kept.
const room = 1 << 14

// Log is what happened in a run. Its array is written hidden from the race
// detector; read it when the run is over.
type Log struct {
	began  time.Time
	events [room]Event
	n      int
	lost   int // events for which there was no room
}

// Events returns what was recorded, and how many events there was no room for.
func (l *Log) Events() (events []Event, lost int) { return l.events[:l.n], l.lost }

// doing is what a goroutine does between two Points, while it is recorded.
type doing struct {
	since   time.Time
	callers [8]uintptr
	lock    uintptr // that it waits for; 0: none
	holder  int     // of that lock
}

//go:norace
func (l *Log) add(e Event) {
	if l.n == room {
		l.lost++
		return
	}
	l.events[l.n] = e
	l.n++
}

// arrives notes that g has come to a Point, and so was in a call until now. mu is
// held.
//
//go:norace
func (r *run) arrives(g *goroutine) {
	if r.log == nil {
		return
	}
	now := time.Now()
	if !g.now.since.IsZero() && now.After(g.now.since) {
		r.log.add(Event{Kind: InCall, Goroutine: g.id, From: g.now.since.Sub(r.log.began), To: now.Sub(r.log.began), Callers: g.now.callers})
	}
	g.now.since = now
}

// goesOn notes that the caller has been held back, and does now what stands at its
// callers.
//
//go:norace
func (r *run) goesOn(g *goroutine) {
	if r.log == nil {
		return
	}
	Hide()
	r.mu.Lock()
	now := time.Now()
	r.log.add(Event{Kind: HeldBack, Goroutine: g.id, From: g.now.since.Sub(r.log.began), To: now.Sub(r.log.began)})
	g.now.since = now
	const skip = 3 // Callers, goesOn, Point
	g.now.callers = [8]uintptr{}
	runtime.Callers(skip, g.now.callers[:])
	r.mu.Unlock()
	Unhide()
}

// Self is the calling goroutine's number in the run, -1 outside of one.
//
//go:norace
func Self() int {
	r := current.Load()
	if r == nil {
		return -1
	}
	Hide()
	r.mu.Lock()
	id := -1
	if g := r.self(); g != nil {
		id = g.id
	}
	r.mu.Unlock()
	Unhide()
	return id
}

// WaitsFor notes that the caller waits for a lock, and who has it; a nil lock, that
// it does no longer.
//
//go:norace
func WaitsFor(lock unsafe.Pointer, holder int) {
	r := current.Load()
	if r == nil {
		return
	}
	Hide()
	r.mu.Lock()
	if g := r.self(); g != nil {
		if lock == nil && r.log != nil {
			now := time.Now()
			r.log.add(Event{Kind: ForLock, Goroutine: g.id, From: g.now.since.Sub(r.log.began), To: now.Sub(r.log.began),
				Object: g.now.lock, Holder: g.now.holder, Callers: g.now.callers})
			g.now.since = now
		}
		g.now.lock, g.now.holder = uintptr(lock), holder
	}
	r.mu.Unlock()
	Unhide()
}

// Had notes that the caller, who has had a lock since a time, has released it.
//
//go:norace
func Had(lock unsafe.Pointer, holder int, since time.Time) {
	r := current.Load()
	if r == nil || r.log == nil {
		return
	}
	Hide()
	r.mu.Lock()
	r.log.add(Event{Kind: Held, Goroutine: holder, From: since.Sub(r.log.began), To: time.Since(r.log.began), Object: uintptr(lock)})
	r.mu.Unlock()
	Unhide()
}

// Wait is a goroutine that waits for a lock.
type Wait struct {
	Goroutine uint64 // its number in the runtime, as dumps have it
	Lock      uintptr
	Holder    uint64 // the same of who has the lock; 0: nobody that is known
}

// Waits returns who waits for which lock now.
//
//go:norace
func Waits() (waits []Wait) {
	r := current.Load()
	if r == nil {
		return nil
	}
	Hide()
	r.mu.Lock()
	numbers := make([]uint64, r.known)
	for i := range r.goroutines {
		if g := &r.goroutines[i]; g.runtimes != 0 {
			numbers[g.id] = g.runtimes
		}
	}
	found := make([]Wait, 0, r.known)
	for i := range r.goroutines {
		if g := &r.goroutines[i]; g.now.lock != 0 {
			w := Wait{Goroutine: g.runtimes, Lock: g.now.lock}
			if g.now.holder >= 0 {
				w.Holder = numbers[g.now.holder]
			}
			found = found[:len(found)+1]
			found[len(found)-1] = w
		}
	}
	r.mu.Unlock()
	Unhide()
	return found
}
