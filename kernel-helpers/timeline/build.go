package timeline

import (
	"cmp"
	"fmt"
	"runtime"
	"slices"
	"time"

	"golang.org/x/exp/trace"
)

// builder makes a Recording out of histories. It first lays out the lanes, so that
// all have their index, and then fills them.
type builder struct {
	rec    *Recording
	start  trace.Time // of the recording
	end    trace.Time
	parts  []part
	rows   []row
	lanes  map[*goroutine]int // where each one that is drawn is drawn
	locks  map[*lock]int
	taken  map[string]int // how many locks have a name
	arrows []Wake

	wakings map[uint64][]waking // of what processes share, by its identity
}

// part is what one process has to show.
type part struct {
	h      *history
	root   *goroutine
	until  trace.Time // what happened later is left out
	killed bool       // it broke off there
	suffix string     // of its lanes' names
	birth  *birth     // of a child
	lane   int        // of a child process
}

// row is the lane of a goroutine, which is still to be filled.
type row struct {
	part *part
	g    *goroutine
	end  trace.Time
}

// build returns the recording with a number out of what this process and its
// children told. It may be called again when the histories have gone on.
func build(h *history, children []child, number int) *Recording {
	rec := &Recording{cores: runtime.GOMAXPROCS(0), machine: runtime.NumCPU()}
	w := h.windows[number]
	if w == nil {
		rec.note = "the trace holds nothing of this recording"
		return rec
	}
	b := &builder{
		rec: rec, start: w.start, end: w.end,
		lanes: map[*goroutine]int{}, locks: map[*lock]int{}, taken: map[string]int{},
	}
	if b.end == 0 {
		b.end = h.last
	}
	rec.wall = b.end.Sub(b.start)
	b.layOut(h, w, children)
	b.fill()
	b.path()
	return rec
}

func (b *builder) layOut(h *history, w *window, children []child) {
	b.parts = make([]part, 1, 1+len(children)) // rows point into it
	own := &b.parts[0]
	*own = part{h: h, root: w.root, until: b.end}
	b.addLane(own, w.root, Main, "main")
	b.addThreads(own)
	for _, c := range children {
		if birth := h.children[c.ID]; birth != nil && birth.started >= b.start && birth.started < b.end {
			b.addChild(c, birth)
		}
	}
	b.addLocks()
	b.addWakings()
}

// clock returns a time of a trace as one since the recording's beginning, and
// within it. All processes of a machine share the trace's clock.
func (b *builder) clock(t trace.Time) time.Duration {
	return min(max(t, b.start), b.end).Sub(b.start)
}

// addThreads adds the goroutines that a part's root or its descendants created and
// those that a helper named meanwhile.
func (b *builder) addThreads(p *part) {
	plain := 0
	for _, g := range p.h.order {
		if g == p.root || g.ended != 0 && g.ended < b.start || !b.belongs(p.h, g, p.root) {
			continue
		}
		name := g.name
		if name == "" {
			plain++
			name = fmt.Sprintf("goroutine %d: %s", plain, p.h.describe(g))
		}
		b.addLane(p, g, Thread, name+p.suffix)
	}
}

// addLane adds the lane of a goroutine.
func (b *builder) addLane(p *part, g *goroutine, kind Kind, name string) *Lane {
	b.lanes[g] = len(b.rec.lanes)
	end := min(b.end, p.until)
	if g.ended != 0 {
		end = min(end, g.ended)
	}
	lane := Lane{Name: name, Kind: kind, Parent: NoLane, Start: b.clock(g.created), End: b.clock(end)}
	if g.before {
		lane.Start = 0
	}
	lane.outlives = p.birth == nil && !g.before && g.created >= b.start && (g.ended == 0 || g.ended > b.end)
	for creator := g.parent; creator != nil && g != p.root; creator = creator.parent {
		if at, drawn := b.lanes[creator]; drawn {
			lane.Parent = at
			break
		}
	}
	b.rec.lanes = append(b.rec.lanes, lane)
	b.rows = append(b.rows, row{p, g, end})
	return &b.rec.lanes[len(b.rec.lanes)-1]
}

// fill says on each lane what happened when, and who let whom go on.
func (b *builder) fill() {
	for _, row := range b.rows {
		at := b.lanes[row.g]
		lane := &b.rec.lanes[at]
		lane.Spans = make([]Span, 0, len(row.g.stretches))
		for i, s := range row.g.stretches {
			var waker *goroutine
			if w, ok := b.wakerOf(row.part, row.g, &s); ok {
				waker = w.by
			}
			if s.end == 0 || s.end > row.end {
				if s.state == trace.GoRunnable && row.part.killed && i == len(row.g.stretches)-1 {
					// The tracer stops goroutines for a moment where it writes its
					// trace. One that broke off there was running.
					s.state = trace.GoRunning
				}
				s.end, waker = row.end, nil
			}
			if s.end <= b.start || s.start >= row.end {
				continue
			}
			span := b.span(row.part.h, s)
			if by, drawn := b.lanes[waker]; drawn && by != at && s.end < b.end {
				span.By = by
				what := "wakes " + lane.Name
				if s.lock != nil && s.lock.held() {
					what = "hands over " + s.lock.title(row.part.h)
				}
				b.arrows = append(b.arrows, Wake{From: by, To: at, At: span.End, What: what})
			}
			lane.add(span)
		}
	}
	for i := range b.parts {
		b.surround(&b.parts[i])
	}
	slices.SortStableFunc(b.arrows, func(x, y Wake) int { return cmp.Compare(x.At, y.At) })
	b.rec.wakes = b.arrows
}
