package schedule

import (
	"time"

	"github.com/interleave-lab/interleave/internal/engine/schedule/record"
)

// most bounds the goroutines of one run; more than half of the table is never used.
const most = 1 << 11

// table holds the goroutines of the current run, and entries where in it those stand
// that have an id, by it, then those that are coming, by number. They are one for all
// runs, cleared by the entry: to allocate them anew takes as long as many a run.
var (
	table   [most]goroutine
	entries [most / 2]uint16
)

// run is what goes on under one schedule. It is hidden from the race detector.
type run struct {
	seed    uint64
	longest time.Duration         // how long a goroutine is held back at most
	serial  uint64                // no other run of the process has it
	only    map[record.Delay]bool // the delays that are kept; nil: all. Read only.

	mu      mutex // protects what follows
	steps   int
	limit   int  // of steps
	over    bool // it has had all its steps
	stopped bool // the function has returned
	chose   bool // among several, by a goroutine alone too
	known   int32
	coming  int32       // goroutines that have no id yet
	passer  int32       // who went on last
	log     *record.Log // nil: nothing is recorded
	around  string      // Plan.Around
	began   time.Time   // for the log
	failed  *bool       // whether the test has, for the log; nil: unknown
	noticed bool        // that it has
}

// goroutine is one goroutine of a run.
type goroutine struct {
	number uint64 // the runtime's; 0: an empty entry of the table
	id     int32  // in the order of first Points; newcomer: none yet
	points uint64
	often  float64 // held back
	now    doing
}

// current is the run that goes on; there is one at a time. It is hidden from the race
// detector, for which an atomic one would order what it should not, and cost.
var current *run

// started counts runs; earliest is the number of the goroutine that began the latest.
// They change while no run goes on.
var started, earliest uint64

// begin makes r the current run, of which the caller is the first goroutine.
//
//go:norace
func (r *run) begin() {
	started++
	r.serial = started
	earliest = number()
	current = r
	Self() // it is the first
}

// Run is a number that no other run has, 0 outside of one.
//
//go:norace
func Run() uint64 {
	if r, _ := ours(); r != nil {
		return r.serial
	}
	return 0
}

// ours is the current run, and the caller's number; or nil if the caller is none of its
// goroutines: those that were there before it, of a package's initialisers or of testing,
// go on as ever. Numbers rise, since one processor gives them out during a plan.
//
//go:norace
func ours() (r *run, caller uint64) {
	if r = current; r == nil {
		return nil, 0
	}
	if caller = number(); caller < earliest {
		return nil, 0
	}
	return r, caller
}

// newcomer is the id of a goroutine that has come to its first Point just now.
const newcomer = -1

// self finds the entry of the goroutine with a number, or makes it, for a newcomer. It
// returns nil when there are too many. mu is held.
//
//go:norace
func (r *run) self(number uint64) *goroutine {
	for i := mix(number) % most; ; i = (i + 1) % most {
		g := &table[i]
		if g.number == number {
			return g
		}
		if g.number != 0 {
			continue
		}
		if r.known+r.coming == most/2 {
			return nil
		}
		*g = goroutine{number: number, id: newcomer}
		r.comes(g)
		at := r.known + r.coming
		for ; at > r.known && table[entries[at-1]].number > number; at-- {
			entries[at] = entries[at-1]
		}
		entries[at] = uint16(i)
		r.coming++
		return g
	}
}

// admit gives newcomers their ids. Goroutines that begin at one instant, as those do that
// a check or a timer starts, come in any order; their numbers have that of their making.
// mu is held.
//
//go:norace
func (r *run) admit() {
	for ; r.coming > 0; r.coming-- {
		g := &table[entries[r.known]]
		g.id, g.often = r.known, temper(r.seed, r.known)
		r.known++
		r.begins(g)
	}
}

// member is self for whoever cannot wait for others to come: it has an id at once.
//
//go:norace
func (r *run) member(number uint64) *goroutine {
	g := r.self(number)
	if g != nil && g.id == newcomer {
		r.admit()
	}
	return g
}

// forget ends a run and empties the table. Goroutines that it left wait for ever.
//
//go:norace
func (r *run) forget() {
	current = nil
	for _, i := range entries[:r.known+r.coming] {
		table[i] = goroutine{}
	}
}

// Steps is how many Points the current run has had; 0 outside of one.
//
//go:norace
func Steps() int {
	r := current
	if r == nil {
		return 0
	}
	r.mu.lock()
	steps := r.steps
	r.mu.unlock()
	return steps
}
