package timeline

import (
	"golang.org/x/exp/trace"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
)

// lock is a lock of a helper as the trace tells of it.
type lock struct {
	kind, name string
	stack      trace.Stack // of the first use
	holds      []hold      // the last may be open
}

// hold is a time that a goroutine holds a lock.
type hold struct {
	by         *goroutine
	start, end trace.Time // end is 0 while it is held
}

func (h *history) lockFact(e trace.Event, g *goroutine, fact events.Event) {
	l := h.locks[fact.ID]
	if l == nil {
		l = &lock{kind: fact.Kind, name: fact.Name, stack: e.Stack()}
		h.locks[fact.ID] = l
	}
	switch fact.Op {
	case events.OpWant:
		g.wants = l
	case events.OpGot:
		g.wants = nil
		// The tracer's clock is coarse, so that the next holder's word may stand
		// before the last one's.
		l.release(e.Time())
		l.holds = append(l.holds, hold{by: g, start: e.Time()})
	case events.OpReleased:
		// By whom does not matter: any goroutine may unlock. But a word that
		// comes late must not end the next one's hold.
		if h := l.open(); h != nil && (h.by == g || h.start < e.Time()-coarse) {
			l.release(e.Time())
		}
	}
}

// coarse is what the tracer's clock may be wrong by.
const coarse = 1000 // ns

// open returns the hold that has not ended, or nil.
func (l *lock) open() *hold {
	if n := len(l.holds); n > 0 && l.holds[n-1].end == 0 {
		return &l.holds[n-1]
	}
	return nil
}

func (l *lock) release(at trace.Time) {
	if h := l.open(); h != nil {
		h.end = at
	}
}
