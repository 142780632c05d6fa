// Package outlook tells whether anything can still happen by itself in the
// running program and in the processes that it started: evidence in the place of
// a clock, so that a loaded machine, on which everything takes longer, does not
// change the answer.
//
// It asks the operating system what each thread waits for. Stacks of goroutines
// cannot tell that: one in a select with time.After looks like one that waits for
// another.
package outlook

import "time"

// Answer is what can be said of the program.
type Answer int

const (
	Moving  Answer = iota // something runs, or waits for a time to come
	Still                 // every thread waits until another one wakes it
	Unknown               // the system does not tell: decide by a clock

	unclear // of one look: it says nothing
)

// Ask looks again and again, until looks of them found nothing that moves and
// none between them something. It gives up, with Moving, after patience or when
// stop is closed, which may be nil. Whoever calls it, and whoever else watches the
// program, sleeps with Nap: a timer of Go's is something that is still to come.
//
// A look takes 5 ms. Three show that what was handed on has arrived; a verdict
// should ask for a dozen, since a message may be on its way between two threads.
func Ask(looks int, patience time.Duration, stop <-chan struct{}) Answer {
	var l looker
	before, same := "", 0
	for until := time.Now().Add(patience); time.Now().Before(until); Nap(pause) {
		select {
		case <-stop:
			return Moving
		default:
		}
		now, answer := l.look()
		switch {
		case answer == Unknown:
			return Unknown
		case answer == Moving || now != before:
			before, same = now, 0
		case answer == Still:
			if same++; same >= looks {
				return Still
			}
		}
	}
	return Moving
}

const pause = 5 * time.Millisecond
