package timeline

import (
	"slices"

	"golang.org/x/exp/trace"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
)

// lock is a lock of a helper, or something else that is waited for, as the trace
// tells of it.
type lock struct {
	kind, name string
	identity   uint64      // the same in every process that has it; 0 if only this one has
	shared     bool        // several may hold it
	permits    int         // how many, or 0 if that is not known
	stack      trace.Stack // of the first use
	holds      []hold
	open       []int // those of holds that have not ended, in order
}

// hold is a time that a goroutine holds a lock.
type hold struct {
	by         *goroutine
	alone      bool
	start, end trace.Time // end is 0 while it is held
}

// held reports whether it is a thing that goroutines hold: nobody holds an event.
func (l *lock) held() bool { return l.shared || l.kind == "lock" }

func (h *history) lockFact(e trace.Event, g *goroutine, fact events.Event) {
	l := h.locks[fact.ID]
	if l == nil {
		l = &lock{kind: fact.Kind, name: fact.Name, identity: fact.Identity, shared: fact.Shared, permits: fact.Permits, stack: e.Stack()}
		h.locks[fact.ID] = l
	}
	switch fact.Op {
	case events.OpWant:
		g.wants = l
	case events.OpQuit:
		g.leaveQueue()
	case events.OpGot, events.OpGotAlone:
		g.leaveQueue()
		l.got(g, !l.shared || fact.Op == events.OpGotAlone, e.Time())
	case events.OpReleased:
		l.released(g, e.Time())
	}
}

// coarse is what the tracer's clock may be wrong by.
const coarse = 1000 // ns

// got begins a hold. The tracer's clock is coarse, so that the next holder's
// word may stand before the last one's: holds end that cannot be beside it.
func (l *lock) got(g *goroutine, alone bool, at trace.Time) {
	for len(l.open) > 0 && (alone || l.holds[l.open[0]].alone || len(l.open) == l.permits) {
		l.end(0, at)
	}
	l.open = append(l.open, len(l.holds))
	l.holds = append(l.holds, hold{by: g, alone: alone, start: at})
}

// released ends the goroutine's hold. If it has none, it ends another's: any
// goroutine may unlock. But a word that comes late must not end the next one's.
func (l *lock) released(g *goroutine, at trace.Time) {
	own := func(i int) bool { return l.holds[i].by == g }
	if i := slices.IndexFunc(l.open, own); i >= 0 {
		l.end(i, at)
	} else if len(l.open) > 0 && l.holds[l.open[0]].start < at-coarse {
		l.end(0, at)
	}
}

// end ends one of the open holds.
func (l *lock) end(i int, at trace.Time) {
	l.holds[l.open[i]].end = at
	l.open = slices.Delete(l.open, i, i+1)
}
