package timeline

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"time"
)

// silence is how long nothing may move in a recording before that is told.
const silence = 5 * time.Second

// tellSilence tells, once for each recording, that none of its lanes has moved for
// a while, nor is about to by itself. Something may still come, from a listener or
// a timer, so the recording goes on. It reports whether the watchdog does.
//
// It is asked only while no goroutine of the program runs. One that is in a system
// call, outside of the recording, too, may be what its lanes wait for, unless it waits
// there for a child process whose lanes do not move either. A child that was started
// before the recording has none: then nothing is told.
//
// The caller holds the tape's lock. tellSilence cuts the tape, where a recording may
// have been silent for long, and gives the lock up while it reads.
func (w *watchdog) tellSilence() (goesOn bool) {
	t, now := w.tape, time.Now()
	if !slices.ContainsFunc(t.takes, func(t *take) bool { return !t.told && now.Sub(t.moved) >= silence }) {
		return true
	}
	living, ok := inSystemForChildren()
	if !ok {
		return true
	}
	if !t.cut() {
		return false
	}
	takes, written := slices.Clone(t.takes), t.written()
	current.Unlock()
	report := ""
	for _, t := range takes {
		rec := t.reels.build(written, t.number)
		still, ok := rec.stillFor()
		ok = ok && rec.living() >= living && rec.note == "" // what is not kept may have moved
		if t.moved = now.Add(-still); !ok {
			// It may sleep for long: looking shall cost a hundredth at most.
			t.moved = now.Add(max(0, 100*time.Since(now)-silence))
		}
		if !ok || still < silence || t.told {
			continue
		}
		t.told = true
		if report == "" { // one within this one, or around it, has the same to tell
			report = rec.silenceReport(still)
		}
	}
	current.Lock()
	if t.watch == w {
		fmt.Fprint(os.Stderr, report)
	}
	return t.watch == w
}

// stillFor returns for how long, at the recording's end, no lane has moved. It
// reports false if one will move by itself: it runs, sleeps, or waits for input.
func (r *Recording) stillFor() (still time.Duration, ok bool) {
	var moved time.Duration
	for _, lane := range r.lanes {
		n := len(lane.Spans)
		if lane.Kind == Lock || n == 0 {
			continue
		}
		last := lane.Spans[n-1]
		if last.End < r.wall { // it has ended
			moved = max(moved, last.End)
			continue
		}
		if last.State.underWay() {
			return 0, false
		}
		moved = max(moved, last.Start)
	}
	return r.wall - moved, true
}

// living returns how many child processes live at the recording's end.
func (r *Recording) living() (n int) {
	for _, lane := range r.lanes {
		if lane.Kind == Process && lane.End == r.wall {
			n++
		}
	}
	return n
}

// silenceReport says who waits for what, a line each.
func (r *Recording) silenceReport(still time.Duration) string {
	return fmt.Sprintf("Nothing of this recording has moved for %d s:\n  ", still/time.Second) +
		strings.Join(atMost(mostWaits, r.waits()), "\n  ") +
		"\nStop the cell with ■ (Interrupt) if that is not meant. Until then it goes on.\n"
}
