package schedule

import (
	"syscall"
	"time"
	"unsafe"

	"github.com/interleave-lab/interleave/internal/engine/schedule/record"
)

// raceExit is the status with which the race detector ends a program.
const raceExit = 66

// doing is what a goroutine does between two Points.
type doing struct {
	since  time.Time // recorded runs alone
	place  int32
	lock   uintptr   // that it waits for; 0: none
	holder int32     // of that lock
	held   time.Time // since when the holder has had it
}

// at is the time of the run.
//
//go:norace
func (r *run) at(t time.Time) time.Duration { return t.Sub(r.began) }

// comes notes who started g, which calls it at its first Point, and where: whoever did
// has come to no other Point since. mu is held.
//
//go:norace
func (r *run) comes(g *goroutine) {
	if r.log == nil {
		return
	}
	g.now = doing{since: time.Now(), holder: -1}
	by, around := maker(r.around)
	if m := r.find(by); by != 0 && m != nil {
		g.now.holder = m.id
		if !around {
			g.now.place = m.now.place
		}
	}
}

// begins notes that g, which came before, has an id. mu is held.
//
//go:norace
func (r *run) begins(g *goroutine) {
	if r.log != nil {
		came := r.at(g.now.since)
		r.log.Add(record.Event{Kind: record.Began, Goroutine: g.id, From: came, To: came, Place: g.now.place, Holder: g.now.holder, Object: g.number})
		g.now.place = 0
	}
}

// arrives notes that g has come to a Point, and did what stands at the one before
// until now. mu is held.
//
//go:norace
func (r *run) arrives(g *goroutine) {
	if r.log == nil {
		return
	}
	if raceErrors() > 0 {
		r.raced(g)
	}
	now := time.Now()
	if now.After(g.now.since) {
		r.log.Add(record.Event{Kind: record.Doing, Goroutine: g.id, From: r.at(g.now.since), To: r.at(now), Place: g.now.place})
		g.now.since = now
	}
}

// raced notes that g, which ran until now, has made a race, and ends the program: in a run
// that is recorded, races do not do so at once. mu is held.
//
//go:norace
func (r *run) raced(g *goroutine) {
	r.log.Add(record.Event{Kind: record.Raced, Goroutine: g.id, From: r.at(g.now.since), To: r.at(time.Now()), Place: g.now.place})
	syscall.Exit(raceExit)
}

// goesOn notes that g was held back, and now does what stands at a place; 0 is
// within what it did before.
//
//go:norace
func (r *run) goesOn(g *goroutine, place int32, long bool) {
	if r.log == nil {
		return // nobody asks
	}
	r.mu.lock()
	if raceErrors() > 0 { // whoever went on before it has come to no Point since, and waits
		r.raced(&table[entries[r.passer]])
	}
	if place != 0 {
		g.now.place = place
	}
	r.passer = g.id
	now := time.Now()
	r.log.Add(record.Event{Kind: record.HeldBack, Goroutine: g.id, From: r.at(g.now.since), To: r.at(now), Point: g.points, Long: long, Place: place})
	g.now.since = now
	r.mu.unlock()
}

// Self is the calling goroutine's number in the run, -1 outside of one.
//
//go:norace
func Self() int32 {
	r, caller := ours()
	if r == nil {
		return -1
	}
	r.mu.lock()
	id := int32(-1)
	if g := r.member(caller); g != nil {
		id = g.id
	}
	r.mu.unlock()
	return id
}

// WaitsFor notes that the caller waits for a lock, and who has had it since when; a
// nil lock, that it does no longer.
//
//go:norace
func WaitsFor(lock unsafe.Pointer, holder int32, held time.Time) {
	r, caller := ours()
	if r == nil {
		return
	}
	r.mu.lock()
	if g := r.member(caller); g != nil {
		if now := time.Now(); r.log != nil && lock == nil && now.After(g.now.since) {
			r.log.Add(record.Event{Kind: record.ForLock, Goroutine: g.id, From: r.at(g.now.since), To: r.at(now), Place: g.now.place,
				Object: uint64(g.now.lock), Holder: g.now.holder})
			g.now.since = now
		}
		g.now.lock, g.now.holder, g.now.held = uintptr(lock), holder, held
	}
	r.mu.unlock()
}

// Had notes that a goroutine has had a lock since a time, and has it no longer.
//
//go:norace
func Had(lock unsafe.Pointer, holder int32, since time.Time) {
	r, _ := ours()
	if r == nil || r.log == nil {
		return
	}
	r.mu.lock()
	now := time.Now()
	r.log.Add(record.Event{Kind: record.Held, Goroutine: holder, From: r.at(since), To: r.at(now), Object: uint64(uintptr(lock))})
	r.mu.unlock()
}

// Wait is a goroutine that waits for a lock.
type Wait struct {
	ID        int32  // its number in the run
	Goroutine uint64 // its number in the runtime, as dumps have it
	Holder    uint64 // the same of who has the lock; 0: nobody that is known
}

// Waits returns who waits for whose lock now.
//
//go:norace
func Waits() []Wait {
	r := current
	if r == nil {
		return nil
	}
	r.mu.lock()
	waits := make([]Wait, r.known)
	n := 0
	for _, i := range entries[:r.known] {
		g := &table[i]
		if g.now.lock == 0 {
			continue
		}
		waits[n] = Wait{ID: g.id, Goroutine: g.number}
		if h := g.now.holder; h >= 0 && h < r.known {
			waits[n].Holder = table[entries[h]].number
		}
		n++
	}
	r.mu.unlock()
	return waits[:n]
}

// closes notes who waits for which lock when nothing can go on any more: for ever.
//
//go:norace
func (r *run) closes() {
	if r.log == nil {
		return
	}
	r.mu.lock()
	now := r.log.Now // the clock of the run has stopped
	for _, i := range entries[:r.known] {
		g := &table[i]
		if g.now.lock == 0 {
			continue
		}
		lock := uint64(g.now.lock)
		r.log.Add(record.Event{Kind: record.Held, Goroutine: g.now.holder, From: r.at(g.now.held), To: now, Object: lock})
		r.log.Add(record.Event{Kind: record.ForLock, Goroutine: g.id, From: r.at(g.now.since), To: now, Place: g.now.place, Object: lock, Holder: g.now.holder})
	}
	r.mu.unlock()
}
