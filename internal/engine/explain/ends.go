package explain

import (
	"strings"

	"github.com/interleave-lab/interleave/internal/engine/stack"
	"github.com/interleave-lab/interleave/internal/engine/wire"
)

// End is what a goroutine was doing when a run was over, or, of a race, what it did
// that nothing orders with the other.
type End struct {
	Goroutine uint64 // its number in the runtime; 0: not known, as in a race
	File      string // as stacks have it
	Line      int    // 0: in none of the program's lines
	Calls     []Call // of a race: the program's calls that led there, the innermost first
	From      Origin // of a race: of the goroutine
	What      string // "reads", "writes", "closes", "panics", or what it waits for: "to receive from a channel"
}

// Call is a line of the program's in which another function was called.
type Call struct {
	File string
	Line int
}

// Origin says where a goroutine comes from.
type Origin struct {
	Known bool // the report says it
	Root  bool // it is a run's first goroutine
	At    Call // in which line of the program's it was started; Line 0: in none
}

// RaceEnds returns the two accesses of a race, the later one first.
func (p *Program) RaceEnds(report string) []End {
	var ends []End
	touches := p.touches(report)
	if m := misuseOf(touches); m != nil {
		touches[0].kind, touches[1].kind = m.does[0], m.does[1]
	}
	for _, t := range touches {
		ends = append(ends, End{File: t.file, Line: t.line, Calls: t.calls, From: t.from, What: t.kind})
	}
	return ends
}

// EventEnds returns where goroutines were when the judge ended the program: in a
// panic the one that panicked, else all that wait in a line of the program's.
func (p *Program) EventEnds(event *wire.Event) []End {
	if event.Kind == wire.Panic {
		return p.PanicEnds(event.Stack)
	}
	var ends []End
	for _, g := range stack.Parse(event.Stack) {
		if f, ok := p.frame(&g); ok {
			ends = append(ends, End{Goroutine: uint64(g.ID), File: f.File, Line: f.Line, What: p.waitsFor(&g)})
		}
	}
	return ends
}

// PanicEnds returns where the goroutine was that panicked, out of what the runtime or
// the judge printed of it.
func (p *Program) PanicEnds(dump string) []End {
	if i := strings.LastIndex(dump, "\npanic: "); i >= 0 {
		dump = dump[i:]
	}
	for _, g := range stack.Parse(dump) {
		if f, ok := p.frame(&g); ok {
			return []End{{Goroutine: uint64(g.ID), File: f.File, Line: f.Line, What: "panics"}}
		}
	}
	return nil
}

// frame is the innermost call of a goroutine that stands in the program's lines.
func (p *Program) frame(g *stack.Goroutine) (stack.Frame, bool) {
	for _, f := range g.Frames {
		if _, ok := p.Line(f.File, f.Line); ok && f.Line > 0 {
			return f, true
		}
	}
	return stack.Frame{}, false
}
