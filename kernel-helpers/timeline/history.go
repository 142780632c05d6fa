package timeline

import (
	"strings"
	"time"

	"golang.org/x/exp/trace"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
)

// history is what the trace of one process tells, in the trace's own terms.
type history struct {
	goroutines map[trace.GoID]*goroutine
	order      []*goroutine // in order of appearance
	locks      map[int]*lock
	windows    map[int]*window
	children   map[int]*birth
	wakings    map[uint64][]waking // by the identity of what was waited for
	decoded    map[string]events.Event
	places     places
	streams    []*stream  // that it is read from, one after the other
	switched   trace.Time // the last event before the last of them
	last       trace.Time // of all events
}

// goroutine is one goroutine's life.
type goroutine struct {
	parent    *goroutine  // who created it; nil if that is not known
	site      trace.Stack // where
	start     trace.Stack // its first function
	before    bool        // it was there before the trace began
	created   trace.Time
	ended     trace.Time // 0 while it lives
	seen      trace.Time // when it was last told of
	name      string     // given by a helper
	namedAt   trace.Time
	ran       trace.Time // when it was last seen to run
	stretches []stretch  // the last is open until ended
	wants     *lock      // the lock that it is waiting for
}

// stretch is a time that a goroutine spends in one state.
type stretch struct {
	start, end trace.Time
	state      trace.GoState
	timer      bool // the wait was ended, and by no goroutine: only timers do that
	reason     string
	stack      trace.Stack // where it waits
	lock       *lock       // what it waits for, if a helper told
	again      trace.Time  // when it last looked up in vain, and queued on
	waker      *goroutine  // who ended the wait
}

// window is the part of a history that one recording covers.
type window struct {
	root       *goroutine
	start, end trace.Time    // end is 0 while it runs
	cpu        time.Duration // processor time that the process used meanwhile
}

// birth is a child process as its parent saw it.
type birth struct {
	by             *goroutine
	pid            int
	started, ended trace.Time    // ended is 0 if it was not seen
	used           time.Duration // of the processors in its whole life, or 0 if that is not known
}

func newHistory() *history {
	return &history{
		goroutines: map[trace.GoID]*goroutine{},
		locks:      map[int]*lock{},
		windows:    map[int]*window{},
		children:   map[int]*birth{},
		wakings:    map[uint64][]waking{},
		decoded:    map[string]events.Event{},
		places:     places{},
	}
}

// follow makes a trace the next that is read. It continues what was read before.
func (h *history) follow(from *events.Buffer) {
	if n := len(h.streams); n > 0 {
		h.streams[n-1].end()
		h.buryUnseen()
		h.switched = h.last
	}
	h.streams = append(h.streams, newStream(from, h.take))
}

// readOn reads what came since the last time. A trace that breaks off is read as
// far as it goes.
func (h *history) readOn() {
	if n := len(h.streams); n > 0 {
		h.streams[n-1].readOn()
		h.buryUnseen()
	}
}

// buryUnseen ends goroutines of which the last stream does not tell: each lists all
// that live, so that those have ended while the tracer was off.
func (h *history) buryUnseen() {
	if h.switched == 0 || h.last == h.switched {
		return
	}
	for _, g := range h.order {
		if g.ended == 0 && g.seen <= h.switched {
			g.close(h.switched, nil)
			g.ended = h.switched
		}
	}
}

// end is to be called when nothing will be read any more.
func (h *history) end() {
	if n := len(h.streams); n > 0 {
		h.streams[n-1].end()
	}
}

func (h *history) take(e trace.Event) {
	h.last = max(h.last, e.Time())
	switch e.Kind() {
	case trace.EventStateTransition:
		if e.StateTransition().Resource.Kind == trace.ResourceGoroutine {
			h.transition(e)
		}
	case trace.EventLog:
		if fact, ok := h.decode(e.Log()); ok {
			h.fact(e, fact)
		}
	}
}

// decode reads what a helper told. Logs without a message come over and over, one
// for each time that a lock changes hands, and are read once.
func (h *history) decode(log trace.Log) (fact events.Event, ok bool) {
	if log.Message != "" {
		return events.Decode(log.Category, log.Message)
	}
	if fact, ok = h.decoded[log.Category]; !ok {
		if fact, ok = events.Decode(log.Category, ""); ok {
			h.decoded[log.Category] = fact
		}
	}
	return fact, ok
}

// of returns the goroutine with an id, or nil if there is none.
func (h *history) of(id trace.GoID) *goroutine {
	if id == trace.NoGoroutine {
		return nil
	}
	g := h.goroutines[id]
	if g == nil {
		g = &goroutine{}
		h.goroutines[id] = g
		h.order = append(h.order, g)
	}
	return g
}

func (h *history) transition(e trace.Event) {
	change := e.StateTransition()
	id := change.Resource.Goroutine()
	known := h.goroutines[id] != nil
	g := h.of(id)
	from, to := change.Goroutine()
	g.seen = e.Time()
	if !known {
		// A later stream lists goroutines that were created while none ran.
		g.created, g.before = e.Time(), from == trace.GoUndetermined && len(h.streams) == 1
	}
	if from == trace.GoRunning {
		g.ran = e.Time()
	}
	if from == trace.GoNotExist {
		g.parent, g.site, g.start = h.of(e.Goroutine()), e.Stack(), change.Stack
	}
	var waker *goroutine
	if from == trace.GoWaiting {
		waker = h.of(e.Goroutine())
	}
	if to == trace.GoNotExist {
		g.close(e.Time(), nil)
		g.ended = e.Time()
		return
	}
	if n := len(g.stretches); n > 0 && g.stretches[n-1].state == to {
		return // it says what is known, as it does at each cut
	}
	g.close(e.Time(), waker)
	if n := len(g.stretches); n > 0 && from == trace.GoWaiting {
		g.stretches[n-1].timer = waker == nil
	}
	if blocks(to) && g.queuesOn(e.Time()) {
		return
	}
	g.stretches = append(g.stretches, stretch{
		start: e.Time(), state: to, reason: change.Reason, stack: change.Stack, lock: g.wants,
	})
}

// queuesOn reports whether a goroutine that begins to wait has been in the same queue
// already, and only looked up: that wait is open again then.
func (g *goroutine) queuesOn(at trace.Time) bool {
	for i := len(g.stretches) - 1; i >= 0 && g.wants != nil && g.stretches[i].lock == g.wants; i-- {
		if before := &g.stretches[i]; blocks(before.state) {
			before.end, before.waker, before.timer, before.again = 0, nil, false, at
			g.stretches = g.stretches[:i+1]
			return true
		}
	}
	return false
}

// blocks reports whether a goroutine in this state may wait: for what processes share
// it does so in the system.
func blocks(state trace.GoState) bool { return state == trace.GoWaiting || state == trace.GoSyscall }

// leaveQueue notes that the goroutine does not want its lock any longer.
func (g *goroutine) leaveQueue() {
	g.wants = nil
	if n := len(g.stretches); n > 0 {
		g.stretches[n-1].lock = nil
	}
}

// close ends the open stretch.
func (g *goroutine) close(at trace.Time, waker *goroutine) {
	if n := len(g.stretches); n > 0 {
		g.stretches[n-1].end = at
		if waker != g {
			g.stretches[n-1].waker = waker
		}
	}
}

// fact takes in what a helper told.
func (h *history) fact(e trace.Event, fact events.Event) {
	g := h.of(e.Goroutine())
	if g == nil {
		return
	}
	switch fact.Op {
	case events.OpThread:
		g.name, g.namedAt = fact.Name, e.Time()
	case events.OpBegin:
		h.windows[fact.ID] = &window{root: g, start: e.Time(), cpu: -fact.CPU}
	case events.OpEnd:
		if w := h.windows[fact.ID]; w != nil {
			w.end, w.cpu = e.Time(), w.cpu+fact.CPU
		}
	case events.OpStarted:
		h.children[fact.ID] = &birth{by: g, pid: fact.PID, started: e.Time()}
	case events.OpEnded:
		if b := h.children[fact.ID]; b != nil {
			b.ended, b.used = e.Time(), fact.CPU
		}
	case events.OpWant, events.OpGot, events.OpGotAlone, events.OpReleased, events.OpQuit:
		h.lockFact(e, g, fact)
	case events.OpWake:
		h.wakings[fact.Identity] = append(h.wakings[fact.Identity], waking{by: g, at: e.Time()})
	}
}

// anyRanInTheLastStream reports whether a goroutine ran since the tracer was last
// switched on: one other than those of this package, the tracer's and the runtime's.
func (h *history) anyRanInTheLastStream() bool {
	for _, g := range h.order {
		if g.ran <= h.switched {
			continue
		}
		switch fn, _ := g.first(); {
		case fn == "", strings.HasPrefix(fn, "runtime."), strings.HasPrefix(fn, "runtime/trace."):
		case strings.HasSuffix(fn, ".(*watchdog).watch-fm"), strings.HasSuffix(fn, ".(*live).update-fm"):
		default:
			return true
		}
	}
	return false
}
