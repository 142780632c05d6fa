package schedule

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// most bounds the goroutines of one run; more than half of the table is never used.
const most = 1 << 11

// run is what goes on under one schedule. It is hidden from the race detector.
type run struct {
	seed uint64
	only map[Delay]bool // the delays that are kept; nil: all. Read only.

	mu         sync.Mutex // protects what follows
	steps      int
	limit      int  // of steps
	over       bool // it has had all its steps
	stopped    bool // the function has returned
	goroutines [most]goroutine
	known      int
	delays     [1 << 10]Delay // the first of them
	delayed    int            // how many there were
	log        *Log           // nil: nothing is recorded
}

// goroutine is one goroutine of a run.
type goroutine struct {
	runtimes uint64 // its number in the runtime; 0: an empty place of the table
	id       int    // in the order of first Points
	points   uint64
	often    float64 // held back
	now      doing
}

// current is the run that goes on; there is one at a time.
var current atomic.Pointer[run]

// self finds the calling goroutine's entry, or makes it. It returns nil when there
// are too many. mu is held.
//
//go:norace
func (r *run) self() *goroutine {
	number := goroutineNumber()
	for i := mix(number) % most; ; i = (i + 1) % most {
		g := &r.goroutines[i]
		if g.runtimes == number {
			return g
		}
		if g.runtimes != 0 {
			continue
		}
		if r.known == most/2 {
			return nil
		}
		g.runtimes, g.id, g.often = number, r.known, temper(r.seed, r.known)
		r.known++
		return g
	}
}

// goroutineNumber is the runtime's number of the calling goroutine. Nothing cheaper
// gives it without knowing the runtime's insides.
//
//go:norace
func goroutineNumber() (number uint64) {
	var text [32]byte
	runtime.Stack(text[:], false)
	for _, c := range text[len("goroutine "):] {
		if c < '0' || c > '9' {
			break
		}
		number = 10*number + uint64(c-'0')
	}
	return number
}
