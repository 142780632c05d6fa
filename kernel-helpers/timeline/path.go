package timeline

import (
	"slices"
	"sort"
	"time"

	"golang.org/x/exp/trace"
)

// Step is a stretch of the critical path.
type Step struct {
	Lane       int // index in Lanes, or NoLane: a goroutine that is not drawn
	Start, End time.Duration
	State      State
	For        string // what it waits for, or ""
	Line       string // the reader's line where it waits, or ""
	Handed     string // the lock that had to be handed over for the step to begin, or ""
}

// CriticalPath returns the chain that determined how long the recording took: from
// its end backwards, what the main goroutine did; where it waited for another, what
// that one did until it let the first go on, and so on to the beginning. Its steps
// follow each other from 0 to Wall without a gap. None of them waits for another
// lane, as far as that is known, so that only what is shortened on this path
// shortens the whole, until another becomes the longest.
//
// It follows the wakes that the tracer tells (of channels, locks, joins), the start
// and end of child processes, and what these share: queues, pipes, events, locks and
// semaphores of package processes. What processes tell each other in other ways it
// sees as waiting for input.
//
// The definition is that of Yang and Miller, "Critical path analysis for the
// execution of parallel and distributed programs" (1988).
func (r *Recording) CriticalPath() []Step { return r.path }

// walk goes back along the critical path.
type walk struct {
	*builder
	part  *part
	g     *goroutine
	at    trace.Time
	steps []Step // the last comes first
}

// path finds the critical path and marks it.
func (b *builder) path() {
	spans := 0
	for _, lane := range b.rec.lanes {
		spans += len(lane.Spans)
	}
	w := &walk{builder: b, part: &b.parts[0], g: b.parts[0].root, at: b.end, steps: make([]Step, 0, spans/2)}
	w.toStart()
	slices.Reverse(w.steps)
	b.rec.path = w.steps
	for _, step := range w.steps {
		if step.Lane != NoLane {
			b.rec.lanes[step.Lane].mark(step.Start, step.End)
		}
	}
}

// mark marks the spans that lie on the critical path.
func (l *Lane) mark(start, end time.Duration) {
	first := sort.Search(len(l.Spans), func(i int) bool { return l.Spans[i].End > start })
	for i := first; i < len(l.Spans) && l.Spans[i].Start < end; i++ {
		l.Spans[i].Critical = true
	}
}

// mostHops is how many goroutines may let each other go on at one instant: more is a
// clock's fault.
const mostHops = 100

func (w *walk) toStart() {
	for hops := 0; w.at > w.start; hops++ {
		from := w.at
		if hops >= mostHops || !w.hop() {
			w.step()
		}
		if w.at < from {
			hops = 0
		}
	}
}

// now returns the stretch that the goroutine was in just before the walk's time, or
// nil if it was not there yet.
func (w *walk) now() *stretch {
	all := w.g.stretches
	i := sort.Search(len(all), func(i int) bool { return all[i].start >= w.at }) - 1
	if i < 0 {
		return nil
	}
	return &all[i]
}

// hop goes over to whoever let the goroutine go on, or come to be. It reports
// whether there is one.
func (w *walk) hop() bool {
	s := w.now()
	if s == nil {
		return w.toParent()
	}
	if s.state == trace.GoRunning || s.state == trace.GoRunnable || s.end == 0 || s.end > w.at {
		return false
	}
	by, ok := w.wakerOf(w.part, w.g, s)
	if !ok {
		return w.toChild(s)
	}
	span := w.span(w.part.h, *s)
	w.add(Step{Lane: w.lane(), State: Ready}, by.at) // the system takes its time to wake another process
	if span.State == Contending && len(w.steps) > 0 {
		w.steps[len(w.steps)-1].Handed = span.For
	}
	w.part, w.g = by.part, by.by
	return true
}

// toParent goes from the beginning of a goroutine's life to who started it.
func (w *walk) toParent() bool {
	birth := w.part.birth
	switch {
	case birth != nil && w.g == w.part.root:
		w.add(Step{Lane: w.part.lane, State: Running, For: "starting"}, birth.started)
		w.part, w.g = &w.parts[0], birth.by
	case w.g.parent != nil:
		w.g = w.g.parent
		return true
	default:
		w.g = nil // nobody did: a timer
	}
	if w.g == nil {
		w.g = w.part.root
	}
	return w.now() != nil
}

// answered is how long before or after its end a child process may give its answer.
const answered = 50 * time.Millisecond

// toChild goes from a goroutine that waits for input to the child process that it
// waited for in its parent's stead.
func (w *walk) toChild(s *stretch) bool {
	var found *part
	nearest := answered
	for i := range w.parts {
		p := &w.parts[i]
		if _, drawn := w.lanes[w.g]; p.birth == nil || w.part.birth != nil || drawn && p.birth.by != w.g {
			continue
		}
		if off := p.until.Sub(s.end).Abs(); off < nearest && p.birth.started < s.end {
			found, nearest = p, off
		}
	}
	if found == nil {
		return false
	}
	w.add(Step{Lane: found.lane, State: Running, For: "ending"}, min(found.until, w.at))
	if found.root == nil {
		w.add(Step{Lane: found.lane, State: Running}, found.birth.started)
		if w.g = found.birth.by; w.g == nil {
			w.g = w.part.root
		}
		return true
	}
	w.part, w.g = found, found.root
	return true
}

// step takes in what the goroutine did before the walk's time.
func (w *walk) step() {
	s := w.now()
	if s == nil { // whatever it was, it is not known
		w.add(Step{Lane: NoLane, State: Running}, w.start)
		return
	}
	span := w.span(w.part.h, *s)
	w.add(Step{Lane: w.lane(), State: span.State, For: span.For, Line: span.Line}, s.start)
}

// lane returns that of the goroutine.
func (w *walk) lane() int {
	if lane, drawn := w.lanes[w.g]; drawn {
		return lane
	}
	return NoLane
}

// add adds a step that leads from a time to the walk's, and goes there.
func (w *walk) add(s Step, from trace.Time) {
	from = max(from, w.start)
	if from >= w.at {
		return
	}
	s.Start, s.End = w.clock(from), w.clock(w.at)
	w.at = from
	if n := len(w.steps); n > 0 {
		next := &w.steps[n-1]
		if next.Lane == s.Lane && next.State == s.State && next.For == s.For && next.Line == s.Line && next.Handed == "" {
			next.Start = s.Start
			return
		}
	}
	w.steps = append(w.steps, s)
}
