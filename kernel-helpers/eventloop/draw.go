package eventloop

import (
	"fmt"
	"os"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing/gantt"
	_ "github.com/interleave-lab/interleave/kernel-helpers/internal/drawing/waitgraph" // draws deadlocks
)

// Show is [Run] that draws what happened under a title: a lane for each task, and for
// each lock one with who holds it, on the loop's clock. If the tasks come to a deadlock or main panics, what there was
// is drawn before Show panics.
func Show(title string, main func(loop *Loop) error, options ...Option) error {
	l := newLoop(options)
	rec := l.record()
	defer func() {
		// No recover: a panic that passes by keeps its value and its stack.
		if err := rec.Show(title); err != nil {
			fmt.Fprintln(os.Stderr, "eventloop: cannot show the recording:", err)
		}
	}()
	return l.run(main)
}

// Show draws the recording under a title. Its error is that the notebook could not be
// reached; outside of one it prints the finding.
func (r *Recording) Show(title string) error { return r.Chart(title).Show() }

// Chart returns the recording as a chart with a title: the type that package plot
// calls plot.Chart. It has a lane for each task, and for each lock one with who holds it,
// if that took time on the loop's clock. Turns that take no time on the loop's clock are drawn as narrow
// bars, and those of the same instant side by side, in their order.
func (r *Recording) Chart(title string) *drawing.Chart {
	finding := r.Finding()
	t := gantt.Timeline{Title: title, Subtitle: finding, Text: finding, Wall: r.Wall}
	at := r.spread()
	for i, lane := range r.Lanes {
		t.Lanes = append(t.Lanes, lane.draw(at[i]))
	}
	for _, lock := range r.Locks {
		if lane := lock.draw(); len(lane.Spans) > 0 {
			t.Lanes = append(t.Lanes, lane)
		}
	}
	t.Cores, t.Strip = 1, strip(t.Lanes) // one thread: a loop uses no more than one core
	for _, w := range r.wakes {
		t.Arrows = append(t.Arrows, gantt.Arrow{From: w.from, To: w.to, At: r.drawnAt(at, w), Detail: r.Lanes[w.from].Task + " lets it go on"})
	}
	return t.Chart()
}

// stretch is where something is drawn.
type stretch struct{ start, end time.Duration }

// spread lays out the turns: at[lane][span] is where a turn is drawn. A turn that
// takes no time gets at most a hundredth of the recording, and no more than keeps
// it from the next instant at which something happens.
func (r *Recording) spread() []map[int]stretch {
	at := make([]map[int]stretch, len(r.Lanes))
	for i := range at {
		at[i] = map[int]stretch{}
	}
	span := func(t turnAt) Span { return r.Lanes[t.lane].Spans[t.span] }
	widest := max(r.Wall/100, 1)
	for i := 0; i < len(r.turns); {
		first := span(r.turns[i])
		if first.End > first.Start {
			at[r.turns[i].lane][r.turns[i].span] = stretch{first.Start, first.End}
			i++
			continue
		}
		n := i + 1 // the first turn of another instant
		for n < len(r.turns) && span(r.turns[n]).Start == first.Start && span(r.turns[n]).End == first.Start {
			n++
		}
		width := widest
		if n < len(r.turns) {
			width = min(widest, (span(r.turns[n]).Start-first.Start)/time.Duration(n-i))
		}
		for k, turn := range r.turns[i:n] {
			start := first.Start + time.Duration(k)*width
			at[turn.lane][turn.span] = stretch{start, start + width}
		}
		i = n
	}
	return at
}

// drawnAt returns when a wake-up is drawn: within the turn that did it.
func (r *Recording) drawnAt(at []map[int]stretch, w wakeUp) time.Duration {
	for i, s := range r.Lanes[w.from].Spans {
		if drawn, isTurn := at[w.from][i]; isTurn && s.Start <= w.at && w.at <= s.End {
			return max(drawn.end, w.at)
		}
	}
	return w.at
}

var drawnStates = map[State]drawing.State{Ready: drawing.Ready, Running: drawing.Running, Sleeping: drawing.Sleeping, Waiting: drawing.Waiting, Contending: drawing.Contending}

// draw returns the lane as it is drawn, with its turns where they are laid out.
func (l *Lane) draw(at map[int]stretch) gantt.Lane {
	drawn := gantt.Lane{Label: l.Task}
	var end time.Duration // of what is drawn so far
	for i, s := range l.Spans {
		span := gantt.Span{Start: max(s.Start, end), End: s.End, State: drawnStates[s.State], Detail: s.detail()}
		if place, isTurn := at[i]; isTurn {
			if place.start > s.Start { // others had their turns first
				drawn.Spans = append(drawn.Spans, gantt.Span{Start: max(s.Start, end), End: place.start, State: drawing.Ready, Detail: "waits for its turn"})
			}
			span.Start, span.End = place.start, place.end
		}
		if span.End >= span.Start {
			drawn.Spans = append(drawn.Spans, span)
			end = span.End
		}
	}
	return drawn
}

func (s Span) detail() string {
	var what string
	switch s.State {
	case Running:
		return "has its turn"
	case Ready:
		return "waits for its turn"
	case Sleeping:
		what = "sleeps"
	case Waiting, Contending:
		what = "waits for " + s.For
	}
	if s.Line != "" {
		what += " at " + s.Line
	}
	return what
}

// Finding returns what the recording shows, in one sentence.
func (r *Recording) Finding() string {
	var slept, computed time.Duration
	sleepers := 0
	for _, lane := range r.Lanes {
		naps := lane.total(Sleeping)
		if naps > 0 {
			sleepers++
		}
		slept += naps
		computed += lane.total(Running)
	}
	clock := "of virtual time (" + drawing.FormatDuration(r.Real) + " of real time)"
	if r.isReal {
		clock = "of real time"
	}
	turns := fmt.Sprintf("one thread gave %s, never two at once", count(r.Turns, "turn"))
	wall := drawing.FormatDuration(r.Wall)
	switch {
	case slept > computed:
		return fmt.Sprintf("%s slept %s in %s %s: %s.", count(sleepers, "task"), drawing.FormatDuration(slept), wall, clock, turns)
	case computed > 0 && !r.isReal:
		return fmt.Sprintf("%s computed %s in %s %s: %s.", count(len(r.Lanes), "task"), drawing.FormatDuration(computed), wall, clock, turns)
	}
	return fmt.Sprintf("%s took %s %s: %s.", count(len(r.Lanes), "task"), wall, clock, turns)
}

func (l *Lane) total(state State) time.Duration {
	var sum time.Duration
	for _, s := range l.Spans {
		if s.State == state {
			sum += s.End - s.Start
		}
	}
	return sum
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
