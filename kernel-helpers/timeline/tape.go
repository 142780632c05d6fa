package timeline

import (
	"errors"
	"io"
	"runtime/trace"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
)

// tape is the one trace that all recordings under way share: each is a window on
// it. What the tracer holds back cannot be read, so the tape is cut where somebody
// wants to look at it.
type tape struct {
	kept    *events.Tape
	takes   []*take
	watch   *watchdog
	running bool                  // the tracer is ours and on
	cuts    *trace.FlightRecorder // from the first cut on
	streams []*events.Buffer      // own trace, one each time that the tracer was switched on

	reels reels
}

// current is the tape of the recordings under way, or nil. Its lock is held by
// whoever uses a tape, save its reels.
var current struct {
	sync.Mutex
	tape *tape
	last int // number of the latest take

	callers atomic.Int32 // who wait for the lock to begin or to end a recording
}

// call takes the tape's lock for a goroutine that is recorded. While the watchdog
// has it, such a one waits for nothing but the watchdog.
func call() {
	current.callers.Add(1)
	current.Lock()
	current.callers.Add(-1)
}

// take is a recording under way.
type take struct {
	*tape
	number int
	title  string
	result *Recording // set early if the recording had to end before its function
	live   *live      // draws meanwhile, or nil

	moved time.Time // when one of its lanes last did something, as far as is known
	told  bool      // that none does any more
}

// patience is how long a recording waits, at its end, for what child processes
// that run on have to tell.
const patience = 500 * time.Millisecond

// start begins the recording on the calling goroutine.
func (t *take) start() error {
	call()
	defer current.Unlock()
	if current.tape == nil {
		on := &tape{kept: events.Open()}
		if err := on.roll(); err != nil {
			on.kept.Close()
			return errors.New("another trace is running in this program; stop it first (" + err.Error() + ")")
		}
		on.watch = newWatchdog(on)
		current.tape = on
	}
	current.last++
	t.tape, t.number, t.moved = current.tape, current.last, time.Now()
	t.takes = append(t.takes, t)
	events.Begin(t.number)
	t.live.start()
	return nil
}

// end ends the recording and returns it.
func (t *take) end() *Recording {
	call()
	events.End(t.number) // with the tape in hand: what is told while it is cut is lost
	t.takes = slices.DeleteFunc(t.takes, func(other *take) bool { return other == t })
	last := len(t.takes) == 0
	switch {
	case last:
		t.stop()
		t.watch.timer.Stop()
		t.watch = nil
		t.kept.Close()
		current.tape = nil
	case t.result == nil:
		t.cut()
	}
	written := t.written()
	current.Unlock()

	if last { // the next recording need not wait for this one's children
		written.children = t.kept.Finish(patience)
		defer t.reels.end()
	}
	if t.result != nil {
		return t.result
	}
	return t.reels.build(written, t.number)
}

// roll switches the tracer on.
func (t *tape) roll() error {
	stream := t.kept.NewBuffer()
	if err := trace.Start(stream); err != nil {
		return err
	}
	t.running = true
	t.streams = append(t.streams, stream)
	return nil
}

// stop switches it off.
func (t *tape) stop() {
	if t.cuts != nil {
		t.cuts.Stop()
		t.cuts = nil
	}
	if t.running {
		trace.Stop()
		t.running = false
	}
}

// cut makes all that happened until now readable. It reports whether the tape goes
// on.
//
// A flight recorder lets the tracer write what it holds back: that takes a fraction
// of the time that switching it off and on does, and loses nothing. If another one
// runs in the program, the tape is switched.
func (t *tape) cut() bool {
	if !t.running {
		return false
	}
	if t.cuts == nil {
		t.cuts = trace.NewFlightRecorder(trace.FlightRecorderConfig{MinAge: 1, MaxBytes: 1})
		if t.cuts.Start() == nil {
			return true // which has cut it already
		}
		t.cuts = nil
		t.stop()
		return t.roll() == nil
	}
	t.cuts.WriteTo(io.Discard)
	return true
}

// written is what stands on a tape.
type written struct {
	streams  []*events.Buffer
	children []events.ChildRecord
}

func (t *tape) written() written {
	return written{slices.Clone(t.streams), t.kept.Children()}
}

// full reports whether something was dropped because there was too much.
func (t *tape) full() bool {
	return slices.ContainsFunc(t.streams, (*events.Buffer).Full)
}
