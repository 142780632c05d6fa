// Package outlook tells whether anything can still happen by itself in the
// running program and in the processes that it started: evidence in the place of
// a clock, so that a loaded machine, on which everything takes longer, does not
// change the answer.
//
// It asks the operating system what each thread waits for. Stacks of goroutines
// cannot tell that: one in a select with time.After looks like one that waits for
// another.
package outlook

import (
	"sync/atomic"
	"time"
)

// Answer is what can be said of the program.
type Answer int

const (
	Moving  Answer = iota // something runs, or waits for a time to come
	Still                 // every thread waits until another one wakes it
	Unknown               // the system does not tell: decide by a clock

	unclear // of one look: it says nothing
)

// asking is how many Ask now, and asked how often that has changed.
var asking, asked atomic.Int64

// Ask looks again and again, until looks of them found nothing that moves and
// none between them something. It gives up, with Moving, after patience or when
// stop is closed, which may be nil. Whoever calls it, and whoever else watches the
// program, sleeps with Nap: a timer of Go's is something that is still to come.
//
// A look takes 5 ms. Three show that what was handed on has arrived; a verdict
// should ask for a dozen, since a message may be on its way between two threads.
func Ask(looks int, patience time.Duration, stop <-chan struct{}) Answer {
	asking.Add(1)
	asked.Add(1)
	defer func() {
		asked.Add(1)
		asking.Add(-1)
	}()
	var r rest
	for until := time.Now().Add(patience); time.Now().Before(until); Nap(pause) {
		select {
		case <-stop:
			return Moving
		default:
		}
		if answer := r.look(0); answer == Unknown || r.same >= looks {
			return answer
		}
	}
	return Moving
}

// AskLast is Ask for who would give the program up. Others Ask in order to let it go on
// once nothing moves, so nothing rests before they have done so. It gives up, with
// Moving, when as many looks have found what moves, and after four times as many in any
// case: on a busy machine each takes longer, which says nothing of the program.
func AskLast(looks int) Answer {
	var r rest
	for moving, all := 0, 0; moving < looks && all < 4*looks; Nap(pause) {
		changes, now := asked.Load(), asking.Load()
		answer := r.look(changes)
		if now > 0 && answer != Unknown {
			r.same, answer = 0, Moving
		}
		if answer == Unknown || r.same >= looks {
			return answer
		}
		if all++; answer == Moving {
			moving++
		}
	}
	return Moving
}

// rest is what looks one after another have found.
type rest struct {
	looker
	before  string // what was seen last
	changes int64
	same    int // looks that found nothing that moved, since something did
}

// look looks once more. The number that is handed to it changes when something has
// moved that cannot be seen.
func (r *rest) look(changes int64) Answer {
	now, answer := r.looker.look()
	switch {
	case answer == Unknown:
	case answer == Moving || now != r.before || changes != r.changes:
		r.before, r.changes, r.same = now, changes, 0
		return Moving
	case answer == Still:
		r.same++
	}
	return answer
}

const pause = 5 * time.Millisecond
