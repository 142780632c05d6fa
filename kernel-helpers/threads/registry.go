package threads

import (
	"sync"
	"sync/atomic"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/race"
)

// Every thread enters and leaves this registry, so that takes a few nanoseconds,
// without a lock that threads would queue for. And the race detector takes a
// lock, or a variable, that two threads use for an order between them, which
// hides races: here two threads seldom meet in a place.

const (
	slots = 1 << 10
	tries = 8
)

// place returns where to begin to look for n: neighbours are spread.
func place(n uint64) int { return int(n * 0x9E3779B97F4A7C15 >> (64 - 10)) }

// living holds the threads that were started and have not ended.
var living registry

// registry is a hash set of threads. Those that find no place in it are many, and
// stand in a map.
type registry struct {
	table [slots]atomic.Pointer[Thread]
	last  atomic.Uint64
	mu    sync.Mutex // protects more
	more  map[*Thread]struct{}
}

func (r *registry) add(t *Thread) {
	race.Hide() // who starts threads is in no order either
	t.number = r.last.Add(1)
	race.Unhide()
	at := place(t.number)
	for i := range tries {
		t.slot = int16((at + i) % slots)
		if slot := &r.table[t.slot]; slot.Load() == nil && slot.CompareAndSwap(nil, t) {
			return
		}
	}
	t.slot = -1
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.more == nil {
		r.more = map[*Thread]struct{}{}
	}
	r.more[t] = struct{}{}
}

func (r *registry) remove(t *Thread) {
	if t.slot >= 0 {
		r.table[t.slot].Store(nil)
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.more, t)
}

// all returns the threads, in no order.
func (r *registry) all() []*Thread {
	var all []*Thread
	for i := range r.table {
		if t := r.table[i].Load(); t != nil {
			all = append(all, t)
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for t := range r.more {
		all = append(all, t)
	}
	return all
}

// runners finds the thread that runs in a goroutine.
var runners index

// index holds, at a goroutine's place, the thread that began there last.
type index [slots]atomic.Pointer[Thread]

func (x *index) remember(t *Thread) { x[place(uint64(t.goroutine.Load()))].Store(t) }

func (x *index) of(goroutine int64) *Thread {
	if t := x[place(uint64(goroutine))].Load(); t != nil && t.goroutine.Load() == goroutine {
		return t
	}
	for _, t := range living.all() { // another has taken its place
		if t.goroutine.Load() == goroutine {
			x.remember(t)
			return t
		}
	}
	return nil
}
