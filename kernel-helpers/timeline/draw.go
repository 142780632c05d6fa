package timeline

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/interleave-lab/interleave/kernel-helpers/plot"
)

// Show draws the recording under a title. A recording of nothing shows nothing.
func (r *Recording) Show(title string) error {
	if len(r.lanes) == 0 {
		return nil
	}
	return r.Chart(title).Show()
}

// Chart returns the recording as a chart with a title.
func (r *Recording) Chart(title string) *plot.Chart { return r.drawing(title).Chart() }

func (r *Recording) drawing(title string) plot.Timeline {
	finding := strings.TrimSpace(r.Finding() + " " + r.tellChain())
	t := plot.Timeline{Title: title, Subtitle: finding, Text: finding, Wall: r.wall, Cores: r.cores}
	strip := r.Strip()
	t.Strip = make([]plot.Load, len(strip))
	for i, load := range strip {
		t.Strip[i] = plot.Load(load)
	}
	for _, lane := range r.lanes {
		drawn := plot.Lane{Label: lane.Name, Kind: plotKinds[lane.Kind]}
		if lane.Status != "" {
			drawn.Label += ": " + lane.Status
		}
		drawn.Spans = make([]plot.Span, 0, len(lane.Spans))
		for _, s := range lane.Spans {
			span := plot.Span{Start: s.Start, End: s.End, State: plotStates[s.State], Detail: cmp.Or(s.detail(), lane.had(s.State))}
			if s.State == Held {
				span.Label = s.For
			}
			drawn.Spans = append(drawn.Spans, span)
		}
		t.Lanes = append(t.Lanes, drawn)
	}
	t.Arrows = make([]plot.Arrow, 0, len(r.wakes))
	for _, w := range r.wakes {
		t.Arrows = append(t.Arrows, plot.Arrow{From: w.From, To: w.To, At: w.At, Detail: r.lanes[w.From].Name + " " + w.What})
	}
	return t
}

var plotKinds = map[Kind]plot.Kind{Main: plot.Thread, Thread: plot.Thread, Process: plot.Process, Lock: plot.Lock}

var plotStates = map[State]plot.State{
	Running: plot.Running, Ready: plot.Ready, Contending: plot.Contending, Waiting: plot.Waiting,
	Sleeping: plot.Sleeping, IO: plot.Waiting, Held: plot.Held,
}

// had says of a process that runs what its bars cannot: how much of it was its own.
func (l *Lane) had(state State) string {
	if l.CPU == 0 || state != Running {
		return ""
	}
	return fmt.Sprintf("%s of processor time in all; in between, the system may have given its core to others", span(l.CPU))
}

// detail says in words what happens during a span.
func (s Span) detail() string {
	var what string
	switch s.State {
	case Contending, Waiting, IO, Sleeping:
		what = "waits for " + s.For
	case Held:
		return "held by " + s.For
	default:
		return s.For
	}
	if s.Line != "" {
		what += " at " + s.Line
	}
	return what
}
