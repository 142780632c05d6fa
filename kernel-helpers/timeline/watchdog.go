package timeline

import (
	"fmt"
	"os"
	"runtime/debug"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/standstill"
)

// watchdog notices that nothing can run any more. Go does that itself, but not
// while a trace runs: the tracer's own timer might wake somebody.
//
// If all goroutines are blocked, and on nothing but each other, it stops the tracer
// and asks the system whether the program waits for a timer or for input. If so the
// tracer is switched on again, before a timer fires: all goroutines have stayed where
// they were, and nobody notices. If not, it draws what there was and
// ends, and Go's own report follows. Where the system does not tell, that none has run
// between two looks must do.
//
// Where that cannot be proved, because something may still come, it tells of a
// recording in which nothing moves: see tellSilence.
//
// It is a timer rather than a goroutine: a recording that is over before the first
// look has had no cost, and the end of one waits for nobody. No other timer of its
// own runs while the system is asked.
type watchdog struct {
	tape   *tape
	timer  *time.Timer
	quiet  int  // looks in a row at which nothing ran
	asked  int  // how often the system was asked meanwhile
	late   bool // the last look found a timer about to fire
	second bool // the next look is the second at a program of which the system does not tell
}

const (
	watchInterval = 250 * time.Millisecond
	quietLooks    = 2           // in a row, before goroutines are looked at one by one
	askInterval   = time.Second // at most, between two questions

	// unrecorded is how long it takes to switch the tracer off, to find out when a timer
	// is due, and to switch it on. The tracer itself has one every tenth of a second,
	// so that as long as it is on one sees no further ahead.
	unrecorded = 60 * time.Millisecond
)

// newWatchdog starts a watchdog. The caller holds the tape's lock.
func newWatchdog(t *tape) *watchdog {
	w := &watchdog{tape: t}
	w.timer = time.AfterFunc(watchInterval, w.watch)
	return w
}

// watch looks once, and again after a while.
func (w *watchdog) watch() {
	current.Lock()
	defer current.Unlock()
	if w.tape.watch != w {
		return // the recordings ended meanwhile
	}
	if w.tape.full() {
		w.tape.stop() // what follows is not kept: let the program run at its own speed
		return
	}
	if next := w.look(); next > 0 {
		w.timer.Reset(next)
	}
}

// look returns when to look again, or 0 if the watchdog's work is done. The caller
// holds the tape's lock.
func (w *watchdog) look() (next time.Duration) {
	if !quiet() {
		w.quiet, w.asked, w.late, w.second = 0, 0, false, false
		return watchInterval
	}
	if w.quiet++; w.quiet < quietLooks {
		return watchInterval
	}
	next = watchInterval
	if standstill.Idle() && standstill.Blocked() {
		w.tape.pause()
		switch due, known := standstill.Due(); {
		case !known || due > unrecorded:
			if w.givesUp() {
				return 0
			}
			// A program that waits for a timer is asked less and less often.
			w.asked++
			w.late = false
			next = min(watchInterval<<min(w.asked-1, 2), askInterval)
		case !w.late: // just after the tracer's there is the most time, if it was that
			w.late = true
			next = max(due, 0) + 5*time.Millisecond
		}
		w.tape.resume()
	}
	if !w.tellSilence() {
		return 0
	}
	return next
}

// givesUp finds out whether any goroutine of a program whose goroutines are all
// blocked will ever run, and ends all recordings if not. It reports whether they have
// ended.
//
// Nothing is recorded meanwhile, so it is over before a timer fires, of which the
// caller knows that none is due within the time that is called unrecorded.
func (w *watchdog) givesUp() bool {
	t := w.tape
	t.stop()
	outlook, due := standstill.Hopeful, askInterval
	if next, known := standstill.Due(); known {
		due = min(due, next)
	}
	if due > watchInterval { // else there will have been news at the next look
		outlook = standstill.Ask(due - unrecorded)
	}
	if outlook == standstill.Uncertain {
		first := !w.second || t.reels.anyRanInTheLast(t.written())
		if w.second = true; first {
			outlook = standstill.Hopeful
		}
	}
	if outlook == standstill.Hopeful || current.callers.Load() > 0 {
		return t.roll() != nil
	}
	// A collection would leave the runtime memory to give back, bit by bit, and Go
	// would wait for that before it reports. There is little left to collect for.
	percent := debug.SetGCPercent(-1)
	for _, take := range t.takes {
		take.result = t.reels.build(t.written(), take.number)
		take.result.stall()
	}
	outer := t.takes[0]
	if err := outer.draw(outer.result); err != nil {
		fmt.Fprintln(os.Stderr, "timeline: cannot show the recording:", err)
	}
	fmt.Fprint(os.Stderr, outer.result.stallReport())
	t.reels.end() // else Go's report has their goroutines, too
	if outlook == standstill.Hopeless && standstill.LinkedWithC() {
		fmt.Fprintln(os.Stderr, "fatal error: all goroutines are asleep - deadlock!")
		os.Exit(2)
	}
	standstill.ForgetTimers() // those of drawing
	if outlook != standstill.Hopeless {
		debug.SetGCPercent(percent)
	}
	return true
}
