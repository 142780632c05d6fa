package timeline

import (
	"errors"
	"runtime/trace"
	"slices"
	"sync"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
)

// tape is the one trace that all recordings under way share: each is a window on
// it. It is cut into segments, because what is not cut off cannot be read.
var tape struct {
	sync.Mutex
	running  bool // the tracer is ours and on
	takes    []*take
	last     int // number of the latest take
	segments []*events.Buffer
	rolled   time.Time // when the latest segment began
	watch    *watchdog
}

// take is a recording under way.
type take struct {
	number int
	title  string
	result *Recording // set early if the recording had to end before its function

	moved time.Time // when one of its lanes last did something, as far as is known
	told  bool      // that none does any more
}

// patience is how long a recording waits, at its end, for what child processes
// that run on have to tell.
const patience = 500 * time.Millisecond

// start begins a recording on the calling goroutine.
func start(title string) (*take, error) {
	tape.Lock()
	defer tape.Unlock()
	if len(tape.takes) == 0 {
		tape.segments = nil
		if err := roll(); err != nil {
			return nil, errors.New("another trace is running in this program; stop it first (" + err.Error() + ")")
		}
		tape.watch = newWatchdog()
	}
	events.Open()
	tape.last++
	t := &take{number: tape.last, title: title, moved: time.Now()}
	tape.takes = append(tape.takes, t)
	events.Begin(t.number)
	return t, nil
}

// end ends the recording and returns it.
func (t *take) end() *Recording {
	tape.Lock()
	events.End(t.number) // with the tape in hand: what is told while it is cut is lost
	children := events.Close(patience)
	tape.takes = slices.DeleteFunc(tape.takes, func(other *take) bool { return other == t })
	stop()
	segments := slices.Clone(tape.segments)
	if len(tape.takes) == 0 {
		tape.watch.timer.Stop()
		tape.watch = nil
	} else if t.result == nil {
		roll() // for the others; the tracer was ours a moment ago
	}
	tape.Unlock()
	if t.result != nil {
		return t.result
	}
	rec := build(contents(segments), children, t.number)
	if slices.ContainsFunc(segments, (*events.Buffer).Full) {
		rec.note = "So much happened that only the beginning was kept"
	}
	return rec
}

// roll starts a new segment.
func roll() error {
	segment := &events.Buffer{}
	if err := trace.Start(segment); err != nil {
		return err
	}
	tape.running = true
	tape.rolled = time.Now()
	tape.segments = append(tape.segments, segment)
	return nil
}

// stop ends the segment.
func stop() {
	if tape.running {
		trace.Stop()
		tape.running = false
	}
}

func contents(segments []*events.Buffer) [][]byte {
	data := make([][]byte, len(segments))
	for i, s := range segments {
		data[i] = s.Bytes()
	}
	return data
}
