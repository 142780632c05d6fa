package timeline

import (
	"cmp"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"time"

	"golang.org/x/exp/trace"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
	"github.com/interleave-lab/interleave/kernel-helpers/internal/source"
)

// builder makes a Recording out of histories.
type builder struct {
	rec    *Recording
	start  trace.Time // of the recording
	end    trace.Time
	places places
	lanes  map[*goroutine]int // where each one that is drawn is drawn
	read   []*history         // that lanes were made from
	arrows []Wake
	locks  []Lane // they come last
}

// build returns the recording with a number out of what this process and its
// children told.
func build(segments [][]byte, children []events.ChildRecord, number int) *Recording {
	h := newHistory()
	for _, segment := range segments {
		h.read(segment)
	}
	rec := &Recording{cores: runtime.GOMAXPROCS(0)}
	w := h.windows[number]
	if w == nil {
		rec.note = "the trace holds nothing of this recording"
		return rec
	}
	b := &builder{rec: rec, start: w.start, end: w.end, places: places{}, lanes: map[*goroutine]int{}}
	if b.end == 0 {
		b.end = h.last
	}
	rec.wall = b.end.Sub(b.start)

	b.addLane(w.root, Main, "main", b.end)
	b.addThreads(h, w.root, b.end, "")
	b.addLocks(h, b.end, "")
	for _, record := range children {
		if birth := h.children[record.ID]; birth != nil && birth.started >= b.start && birth.started < b.end {
			b.addChild(record, birth)
		}
	}
	rec.lanes = append(rec.lanes, b.locks...)
	for _, h := range b.read {
		for _, g := range h.order {
			b.addWakes(g)
		}
	}
	slices.SortStableFunc(b.arrows, func(x, y Wake) int { return cmp.Compare(x.At, y.At) })
	rec.wakes = b.arrows
	return rec
}

// clock returns a time of a trace as one since the recording's beginning, and
// within it. All processes of a machine share the trace's clock.
func (b *builder) clock(t trace.Time) time.Duration {
	return min(max(t, b.start), b.end).Sub(b.start)
}

// addThreads adds the goroutines that root or its descendants created and those
// that a helper named meanwhile. What happened after until is left out.
func (b *builder) addThreads(h *history, root *goroutine, until trace.Time, suffix string) {
	b.read = append(b.read, h)
	plain := 0
	for _, g := range h.order {
		if g == root || g.ended != 0 && g.ended < b.start || !b.belongs(g, root) {
			continue
		}
		name := g.name
		if name == "" {
			plain++
			name = fmt.Sprintf("goroutine %d: %s", plain, b.describe(g))
		}
		b.addLane(g, Thread, name+suffix, until)
	}
}

// belongs reports whether a goroutine is one of the recording's and the reader's.
func (b *builder) belongs(g, root *goroutine) bool {
	switch {
	case g.name != "" && g.namedAt >= b.start && g.namedAt < b.end:
		return true
	case g.before, g.created < b.start, g.created >= b.end:
		return false
	}
	fn, file := g.first()
	owner := source.OwnerOf(fn, file)
	if g.parent == nil {
		// A timer's function, say: nobody created it.
		return owner == source.Reader && fn != ""
	}
	for p := g.parent; p != root; p = p.parent {
		if p == nil {
			return false
		}
	}
	switch owner {
	case source.Reader:
		return true
	case source.Helper:
		return false
	}
	written := b.places.of(g.site).at.Known() && b.places.of(g.site).call == "" // go time.Sleep(…)
	runs := strings.HasSuffix(fn, ").Go.func1")                                 // of sync.WaitGroup, errgroup.Group and their like
	return written || runs || b.runsReadersCode(g)
}

// runsReadersCode reports whether a goroutine that the standard library started
// was ever seen in a function of the reader's.
func (b *builder) runsReadersCode(g *goroutine) bool {
	return slices.ContainsFunc(g.stretches, func(s stretch) bool { return b.places.of(s.stack).at.Known() })
}

// describe names a goroutine that has no name by what it runs.
func (b *builder) describe(g *goroutine) string {
	fn, file := g.first()
	site := b.places.of(g.site).at
	if called := goStatement.FindStringSubmatch(site.Text()); called != nil && called[1] != "func" {
		return called[1]
	}
	if source.OwnerOf(fn, file) == source.Reader && !source.IsLiteral(fn) {
		return source.FuncName(fn)
	}
	if site.Known() {
		return "in " + site.Func
	}
	return "in " + source.FuncName(fn)
}

// addLane adds the lane of a goroutine, as far as until.
func (b *builder) addLane(g *goroutine, kind Kind, name string, until trace.Time) *Lane {
	b.lanes[g] = len(b.rec.lanes)
	end := min(b.end, until)
	if g.ended != 0 {
		end = min(end, g.ended)
	}
	lane := Lane{Name: name, Kind: kind, Start: b.clock(g.created), End: b.clock(end)}
	if g.before {
		lane.Start = 0
	}
	for _, s := range g.stretches {
		if s.end == 0 || s.end > end {
			s.end, s.waker = end, nil
		}
		if s.end > b.start && s.start < end {
			lane.add(b.span(s))
		}
	}
	b.rec.lanes = append(b.rec.lanes, lane)
	return &b.rec.lanes[len(b.rec.lanes)-1]
}

// add appends a span, or makes the last one longer if it is of the same sort.
func (l *Lane) add(s Span) {
	if n := len(l.Spans); n > 0 {
		last := &l.Spans[n-1]
		if last.State == s.State && last.For == s.For && last.Line == s.Line && last.End == s.Start {
			last.End = s.End
			return
		}
	}
	l.Spans = append(l.Spans, s)
}

// shortCall is how long a system call may take and still count as running: most
// neither block nor give their core up.
const shortCall = 100 * time.Microsecond

// span translates a stretch.
func (b *builder) span(s stretch) Span {
	span := Span{Start: b.clock(s.start), End: b.clock(s.end)}
	switch s.state {
	case trace.GoRunnable:
		span.State = Ready
	case trace.GoSyscall:
		if span.End-span.Start < shortCall {
			span.State = Running
			break
		}
		p := b.places.of(s.stack)
		if p.ofHelper() && !p.at.Known() {
			span.State, span.For = Waiting, "something to do"
			break
		}
		span.State = IO
		span.For, span.Line = "the system", p.line
		if p.call != "" {
			span.For = source.FuncName(p.call)
		}
	case trace.GoWaiting:
		b.wait(&span, s)
	default:
		span.State = Running
	}
	return span
}

// wait fills in the span of a goroutine that waits.
func (b *builder) wait(span *Span, s stretch) {
	p := b.places.of(s.stack)
	span.State, span.Line = Waiting, p.line
	switch {
	case p.ofHelper() && !p.at.Known():
		span.For = "something to do" // a pool's worker between two tasks, say
	case s.lock != nil:
		span.For = b.lockName(s.lock)
		if s.lock.held() {
			span.State = Contending
		}
	case p.locks():
		span.State, span.For = Contending, p.waitsFor(s.reason)
	case s.reason == "sleep":
		span.State, span.For = Sleeping, "its nap to end"
	case s.reason == "chan receive" && p.at.Known() && (s.timer || timerChannel.MatchString(p.at.Text())):
		span.State, span.For = Sleeping, "a timer"
	case s.reason == "network", p.net: // an HTTP client's caller waits for a goroutine that waits for the network
		span.State, span.For = IO, p.waitsFor("network")
	case s.reason == "preempted", s.reason == "wait for debug call":
		span.State, span.Line = Ready, ""
	default:
		span.For = p.waitsFor(s.reason)
	}
}

// addWakes adds an arrow for each of a lane's waits that another lane ended.
func (b *builder) addWakes(g *goroutine) {
	to, drawn := b.lanes[g]
	if !drawn {
		return
	}
	for _, s := range g.stretches {
		if s.state != trace.GoWaiting || s.waker == nil || s.end <= b.start || s.end >= b.end {
			continue
		}
		if from, drawn := b.lanes[s.waker]; drawn && from != to {
			what := "wakes " + b.rec.lanes[to].Name
			if s.lock != nil && s.lock.held() {
				what = "hands over " + b.lockName(s.lock)
			}
			b.arrows = append(b.arrows, Wake{From: from, To: to, At: b.clock(s.end), What: what})
		}
	}
}
