package timeline

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing/gantt"
	_ "github.com/interleave-lab/interleave/kernel-helpers/internal/drawing/waitgraph" // draws deadlocks
)

// Show draws the recording under a title. A recording of nothing shows nothing.
func (r *Recording) Show(title string) error {
	if len(r.lanes) == 0 {
		return nil
	}
	return r.Chart(title).Show()
}

// Chart returns the recording as a chart with a title: the type that package plot
// calls plot.Chart.
func (r *Recording) Chart(title string) *drawing.Chart { return r.drawing(title).Chart() }

func (r *Recording) drawing(title string) gantt.Timeline {
	finding := strings.TrimSpace(r.Finding() + " " + r.tellChain())
	t := gantt.Timeline{Title: title, Subtitle: finding, Text: finding, Wall: r.wall, Cores: r.cores}
	strip := r.Strip()
	t.Strip = make([]gantt.Load, len(strip))
	for i, load := range strip {
		t.Strip[i] = gantt.Load(load)
	}
	for _, lane := range r.lanes {
		drawn := gantt.Lane{Label: lane.Name, Kind: drawnKinds[lane.Kind], CPU: lane.CPU}
		if lane.Status != "" {
			drawn.Label += ": " + lane.Status
		}
		drawn.Spans = make([]gantt.Span, 0, len(lane.Spans))
		for _, s := range lane.Spans {
			span := gantt.Span{Start: s.Start, End: s.End, State: drawnStates[s.State], Detail: cmp.Or(s.detail(), lane.had(s.State))}
			if s.State == Held {
				span.Label = s.For
			}
			drawn.Spans = append(drawn.Spans, span)
		}
		t.Lanes = append(t.Lanes, drawn)
	}
	if r.chain() != nil {
		for _, step := range r.path {
			if step.Lane != NoLane {
				t.Path = append(t.Path, gantt.Step{Lane: step.Lane, Start: step.Start, End: step.End})
			}
		}
	}
	t.Arrows = make([]gantt.Arrow, 0, len(r.wakes))
	for _, w := range r.wakes {
		t.Arrows = append(t.Arrows, gantt.Arrow{From: w.From, To: w.To, At: w.At, Detail: r.lanes[w.From].Name + " " + w.What})
	}
	return t
}

var drawnKinds = map[Kind]drawing.Kind{Main: drawing.Thread, Thread: drawing.Thread, Process: drawing.Process, Lock: drawing.Lock}

var drawnStates = map[State]drawing.State{
	Running: drawing.Running, Ready: drawing.Ready, Contending: drawing.Contending, Waiting: drawing.Waiting,
	Sleeping: drawing.Sleeping, IO: drawing.Waiting, Held: drawing.Held,
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
