package storyboard

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/interleave-lab/interleave/internal/engine/explain"
	"github.com/interleave-lab/interleave/internal/engine/schedule/record"
	"github.com/interleave-lab/interleave/kernel-helpers/plot"
)

// unit is a step on a picture's axis.
const unit = time.Millisecond

// Chart is the picture of the story.
func (s *Story) Chart() *plot.Chart {
	t := plot.Timeline{Title: s.run.Title, Subtitle: s.Finding() + s.leftOut(), Text: s.Finding(), Wall: time.Duration(s.units) * unit, Steps: true}
	for _, g := range s.lanes {
		t.Lanes = append(t.Lanes, plot.Lane{Label: s.label(g), Kind: plot.Thread, Spans: s.spans(g)})
	}
	t.Arrows = s.arrows()
	if len(s.crowd) > 0 {
		t.Lanes = append(t.Lanes, plot.Lane{Label: fmt.Sprintf("and %d more", len(s.crowd)), Kind: plot.Thread, Spans: s.crowded()})
	}
	t.Lanes = append(t.Lanes, s.locks()...)
	return t.Chart()
}

// leftOut says what the picture does not show.
func (s *Story) leftOut() string {
	var parts []string
	if s.cut > 0 {
		parts = append(parts, plural(s.cut, "step")+" before these")
	}
	if s.skipped > 0 {
		parts = append(parts, plural(s.skipped, "step")+" in between")
	}
	if s.left > 0 {
		parts = append(parts, plural(s.left, "other goroutine"))
	}
	if parts == nil {
		return ""
	}
	return " Not drawn: " + strings.Join(parts, " and ") + "."
}

// spans are a goroutine's: its steps, and what it did in between.
func (s *Story) spans(goroutine int32) []plot.Span {
	var spans []plot.Span
	for i, st := range s.steps {
		if st.goroutine == goroutine {
			spans = append(spans, s.bar(i))
		}
	}
	last := 0 // up to where the record tells what it did
	wait, stuck := s.stuck[goroutine]
	for _, e := range s.run.Events {
		if e.Goroutine != goroutine || e.Kind == record.Held || e.Kind == record.Began || e.Kind == record.Noticed {
			continue
		}
		from, to := s.after(int64(e.From)), s.before(int64(e.To))
		if e.Kind == record.ForLock && int64(e.To) == s.end() {
			last = from // and what is stuck there is drawn below
			continue
		}
		last = s.after(int64(e.To))
		if from < to {
			spans = append(spans, s.between(e, from, to))
		}
	}
	switch end := time.Duration(s.units) * unit; {
	case stuck && s.onlooker(goroutine):
		spans = append(spans, plot.Span{Start: time.Duration(last) * unit, End: end, State: plot.Waiting, Detail: "Waits for those that go no further\n" + s.where(wait.place)})
	case stuck:
		spans = append(spans, plot.Span{Start: time.Duration(last) * unit, End: end, State: plot.Fault,
			Label: fmt.Sprintf("%d: waits for ever", wait.place.Line), Detail: "Waits for ever " + wait.what + "\n" + s.where(wait.place)})
	case goroutine == 0 && last < s.units && s.run.Verdict != explain.Failed:
		spans = append(spans, plot.Span{Start: time.Duration(last) * unit, End: end, State: plot.Waiting, Detail: "Not at its end"})
	}
	return join(spans)
}

// crowded is what they do at the end that have no lanes of their own: all wait.
func (s *Story) crowded() []plot.Span {
	span := plot.Span{Start: time.Duration(s.units-stuckWidth) * unit, End: time.Duration(s.units) * unit, State: plot.Fault, Label: "wait for ever"}
	var told []string
	for _, p := range s.crowdWaits() {
		told = append(told, fmt.Sprintf("%s for ever %s in %s", agree(p.many, "waits", "wait"), p.what, s.where(p.place)))
	}
	span.Detail = sentence(strings.Join(told, "\n"))
	return []plot.Span{span}
}

const othersTurn = "Could go on; others do first"

// join fills gaps: a wait that ends by another's step ends before or after it, which is
// the same. Waits of one kind are one.
func join(spans []plot.Span) (joined []plot.Span) {
	slices.SortStableFunc(spans, func(a, b plot.Span) int { return cmp.Compare(a.Start, b.Start) })
	step := func(p plot.Span) bool { return p.State == plot.Running || p.State == plot.Fault }
	for _, p := range spans {
		if n := len(joined); n > 0 {
			before := &joined[n-1]
			switch {
			case !step(*before):
				before.End = p.Start
			case !step(p):
				p.Start = before.End
				if p.Start >= p.End {
					continue
				}
			case before.End < p.Start:
				joined = append(joined, plot.Span{Start: before.End, End: p.Start, State: plot.Sleeping, Detail: othersTurn})
			}
			if !step(p) && before.State == p.State && before.Detail == p.Detail {
				before.End = p.End
				continue
			}
		}
		joined = append(joined, p)
	}
	return joined
}

// bar is step i.
func (s *Story) bar(i int) plot.Span {
	st := s.steps[i]
	start := time.Duration(s.from[i]) * unit
	span := plot.Span{Start: start, End: start + time.Duration(st.width())*unit, State: plot.Running}
	if st.place.Line > 0 {
		span.Label = strconv.Itoa(st.place.Line)
		if code := s.short(st, st.width()); code != "" {
			span.Label += ": " + code
		}
		span.Detail = s.where(st.place)
	}
	if st.times > 1 {
		span.Detail += fmt.Sprintf("\n%d times", st.times)
	}
	if st.fault != "" {
		span.State = plot.Fault
		switch {
		case st.place.Line == 0:
			span.Label, span.Detail = "fails", "Here the check finds what is wrong"
		case s.run.Verdict == explain.Failed:
			span.Label = fmt.Sprintf("%d: fails", st.place.Line)
			span.Detail = "Here the check finds what is wrong\nIn " + s.where(st.place)
		default:
			span.Label = fmt.Sprintf("%d: %s", st.place.Line, st.fault)
			span.Detail = strings.ToUpper(st.fault[:1]) + st.fault[1:] + " in " + s.where(st.place)
		}
	}
	return span
}

// short is a step's code, if a bar has room for some of it.
func (s *Story) short(st step, width int) string {
	const room, letter = 800, 7 // pixels: of the axis, of a character
	most := room*width/s.units/letter - 5
	code := []rune(s.code(st.place))
	if most < 12 {
		return ""
	}
	if len(code) > most {
		code = append(code[:most-1], '…')
	}
	return string(code)
}

// between is what a goroutine did from one of its steps to the next.
func (s *Story) between(e record.Event, from, to int) plot.Span {
	span := plot.Span{Start: time.Duration(from) * unit, End: time.Duration(to) * unit}
	in := ""
	if place, ok := s.placeOf(e.Place); ok && e.Kind != record.HeldBack {
		in = "\n" + s.where(place)
	}
	switch e.Kind {
	case record.ForLock:
		span.State, span.Detail = plot.Contending, "Waits for a lock"
		if e.Holder >= 0 {
			span.Detail += " that " + s.name(e.Holder) + " has"
		}
	case record.Doing, record.Raced:
		span.State, span.Detail = plot.Waiting, "Waits"
	default:
		span.State, span.Detail = plot.Sleeping, othersTurn
		if e.Long {
			span.State, span.Detail = plot.Ready, "Could go on; this schedule holds it back"
		}
	}
	span.Detail += in
	return span
}

// after is where the axis is when all that was done until a time is done, before
// where it is just ahead of what is done then.
func (s *Story) after(at int64) int {
	for i := len(s.steps) - 1; i >= 0; i-- {
		if s.steps[i].at <= at {
			return s.from[i] + s.steps[i].width()
		}
	}
	return 0
}

func (s *Story) before(at int64) int {
	for i := len(s.steps) - 1; i >= 0; i-- {
		if s.steps[i].at < at {
			return s.from[i] + s.steps[i].width()
		}
	}
	return 0
}

// arrows lead from who started a goroutine to it, and from who gave up a lock to who
// waited for it. They stand between two steps, whose numbers they do not cover.
func (s *Story) arrows() (arrows []plot.Arrow) {
	for _, e := range s.run.Events {
		from, to := s.lane(e.Holder), s.lane(e.Goroutine)
		if from < 0 || to < 0 || from == to {
			continue
		}
		switch at := s.after(int64(e.From)); {
		case e.Kind == record.Began && at > 0:
			arrows = append(arrows, plot.Arrow{From: from, To: to, At: time.Duration(at) * unit, Detail: "starts it"})
		case e.Kind == record.ForLock && int64(e.To) < s.end() && s.before(int64(e.To)) > 0:
			arrows = append(arrows, plot.Arrow{From: from, To: to, At: time.Duration(s.before(int64(e.To))) * unit, Detail: "gives up the lock"})
		}
	}
	return arrows
}

// locks are lanes of who held which lock, of those that somebody waited for.
func (s *Story) locks() (lanes []plot.Lane) {
	waited := map[uint64]int{}
	for _, e := range s.run.Events {
		if e.Kind == record.ForLock {
			if _, ok := waited[e.Object]; !ok {
				waited[e.Object] = len(waited)
			}
		}
	}
	lanes = make([]plot.Lane, len(waited))
	for i := range lanes {
		lanes[i] = plot.Lane{Label: "lock", Kind: plot.Lock}
		if len(lanes) > 1 {
			lanes[i].Label = fmt.Sprintf("lock %c", 'A'+i%26)
		}
	}
	seen := map[record.Event]bool{}
	for _, e := range s.run.Events {
		i, ok := waited[e.Object]
		if from, to := s.after(int64(e.From)), s.until(e); ok && e.Kind == record.Held && from < to && !seen[e] {
			seen[e] = true
			lanes[i].Spans = append(lanes[i].Spans, plot.Span{Start: time.Duration(from) * unit, End: time.Duration(to) * unit,
				State: plot.Held, Label: s.name(e.Goroutine), Detail: "held by " + s.name(e.Goroutine)})
		}
	}
	return slices.DeleteFunc(lanes, func(l plot.Lane) bool { return len(l.Spans) == 0 })
}

// until is where the axis is when a lock is given up.
func (s *Story) until(e record.Event) int {
	if len(s.stuck) > 0 && int64(e.To) == s.end() {
		return s.units
	}
	return s.after(int64(e.To))
}
