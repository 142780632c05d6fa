// Package gantt draws timelines: what ran when, on lanes, with arrows where one let
// another go on.
//
// A [Timeline] is cleaned, thinned to what can be seen, and put on a sheet, alone or
// beside others ([Beside]); the sheet gives the static drawing (sheet_figure.go) and
// the option for ECharts (sheet_option.go) from the same measures. Readers know it
// under names of package plot.
package gantt

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
)

// Timeline is what a timeline shows: lanes, and on each what happened when. All
// times count from the start of the recording.
type Timeline struct {
	Title    string        // the author's
	Subtitle string        // the computed finding
	Text     string        // one true sentence for those who do not see the chart
	Wall     time.Duration // the length of the recording; at least the end of the last span
	Lanes    []Lane        // drawn in order, locks after the others
	Arrows   []Arrow
	Path     []Step // the chain that determined Wall, in order; none: not drawn
	Cores    int    // how many there are, for the strip; 0: no line at them
	Strip    []Load // how many ran at once, drawn above the lanes; none: no strip
	Steps    bool   // what counts is the order of steps: a millisecond stands for one
}

// Lane is one row: what one thread or process did, or who held a lock.
type Lane struct {
	Label string
	Kind  drawing.Kind
	Spans []Span
	CPU   time.Duration // of a process: the processor time that it really had; 0: not known
}

// Span is a stretch of time on a lane. Spans of a lane should not overlap.
type Span struct {
	Start, End time.Duration
	State      drawing.State
	Label      string // the holder's name on a lock's lane
	Detail     string // for the tooltip: why it waits, and at which line
}

// states in the order of the legend, with their names there.
var states = []drawing.LegendItem{
	{State: drawing.Running, Label: "Running"},
	{State: drawing.Ready, Label: "Ready, no free core"},
	{State: drawing.Contending, Label: "Waiting for a lock"},
	{State: drawing.Waiting, Label: "Waiting for others"},
	{State: drawing.Sleeping, Label: "Sleeping"},
	{State: drawing.Held, Label: "Lock held"},
	{State: drawing.Fault, Label: "Goes wrong"},
}

// stepWords is what states are called where steps count.
var stepWords = map[drawing.State]string{
	drawing.Running:  "A step: its line",
	drawing.Ready:    "Held back",
	drawing.Sleeping: "Others' turn",
}

// Arrow is a hand-over: what one lane did let another go on.
type Arrow struct {
	From, To int // indexes of Timeline.Lanes
	At       time.Duration
	Detail   string
}

// Rows of a sheet that are no lane's.
const (
	heading drawing.Kind = "heading" // with a timeline's title
	strip   drawing.Kind = "strip"   // shows how many ran at once
)

// headed is the state of the span on a heading's row: it is as long as what the
// heading stands over.
const headed drawing.State = "headed"

// mostLanes is how many lanes are drawn.
const mostLanes = 250

// Chart returns the chart that shows t. It copes with any t: spans outside the
// recording are cut, spans too thin to see are merged, arrows too dense to read
// are left out, and lanes after the first 250 are only in the table.
func (t Timeline) Chart() *drawing.Chart {
	t = t.clean()
	err := t.check()
	shown := t.crop(mostLanes).thin(t.Wall, mostSpans)
	chart := sheet{wall: t.Wall, parts: []Timeline{shown}}.chart("timeline")
	chart.Title, chart.Subtitle, chart.Text = t.Title, shown.Subtitle, t.Text
	drawing.Refuse(chart, err)
	chart.Table = timelineTable([]Timeline{t})
	if t.Steps {
		chart.Table = t.stepTable()
	}
	return chart
}

// check returns an error for a state that no form of the chart can draw.
func (t Timeline) check() error {
	for _, lane := range t.Lanes {
		for _, span := range lane.Spans {
			if _, ok := drawing.Looks[span.State]; !ok {
				return fmt.Errorf("plot: lane %q has a span in the state %q; the states are running, ready, contending, waiting, sleeping, held and fault", lane.Label, span.State)
			}
		}
	}
	return nil
}

// crop leaves out what is beyond the first lanes, and says so.
func (t Timeline) crop(most int) Timeline {
	if len(t.Lanes) <= most {
		return t
	}
	t.Subtitle = strings.TrimSpace(fmt.Sprintf("%s Drawn: the first %d of %d lanes.", t.Subtitle, most, len(t.Lanes)))
	t.Lanes = t.Lanes[:most]
	t.Path = slices.DeleteFunc(slices.Clone(t.Path), func(s Step) bool { return s.Lane >= most })
	t.Arrows = slices.DeleteFunc(slices.Clone(t.Arrows), func(a Arrow) bool { return max(a.From, a.To) >= most })
	return t
}

// clean returns a copy of t whose texts can be drawn, whose lanes are in drawing
// order and whose spans are sorted and lie within the recording.
func (t Timeline) clean() Timeline {
	order := make([]int, 0, len(t.Lanes)) // order[new index] = old index
	for _, isLock := range []bool{false, true} {
		for i, lane := range t.Lanes {
			if (lane.Kind == drawing.Lock) == isLock {
				order = append(order, i)
			}
		}
	}
	for _, lane := range t.Lanes {
		for _, span := range lane.Spans {
			t.Wall = max(t.Wall, span.Start, span.End)
		}
	}
	if n := len(t.Strip); n > 0 {
		t.Wall = max(t.Wall, t.Strip[n-1].At)
	}
	t.Wall = max(t.Wall, 1) // an axis needs a length

	lanes := make([]Lane, len(order))
	position := make([]int, len(order)) // position[old index] = new index
	for now, before := range order {
		position[before] = now
		lanes[now] = t.Lanes[before].clean(t.Wall)
	}
	var arrows []Arrow
	for _, a := range t.Arrows {
		if min(a.From, a.To) < 0 || max(a.From, a.To) >= len(lanes) || a.From == a.To || a.At < 0 || a.At > t.Wall {
			continue
		}
		arrows = append(arrows, Arrow{position[a.From], position[a.To], a.At, drawing.CleanText(a.Detail)})
	}
	slices.SortStableFunc(arrows, func(a, b Arrow) int { return int(min(max(a.At-b.At, -1), 1)) })
	t.Title, t.Subtitle, t.Text = drawing.CleanText(t.Title), drawing.CleanText(t.Subtitle), drawing.CleanText(t.Text)
	if t.Text == "" {
		t.Text = strings.TrimSpace(t.Title + " " + t.Subtitle)
	}
	t.Path = cleanPath(t.Path, position, t.Wall)
	t.Lanes, t.Arrows, t.Strip = lanes, arrows, cleanLoads(t.Strip, t.Wall)
	return t
}

func (l Lane) clean(wall time.Duration) Lane {
	spans := make([]Span, 0, len(l.Spans))
	for _, s := range l.Spans {
		s.Start, s.End = min(s.Start, s.End), max(s.Start, s.End)
		if s.End < 0 || s.Start > wall {
			continue
		}
		s.Start, s.End = max(s.Start, 0), min(s.End, wall)
		s.Label, s.Detail = drawing.CleanText(s.Label), drawing.CleanText(s.Detail)
		spans = append(spans, s)
	}
	slices.SortStableFunc(spans, func(a, b Span) int { return int(min(max(a.Start-b.Start, -1), 1)) })
	if l.Kind == "" {
		l.Kind = drawing.Thread
	}
	return Lane{Label: drawing.CleanText(l.Label), Kind: l.Kind, Spans: spans, CPU: max(l.CPU, 0)}
}

// legend lists the states that occur.
func legend(lanes []Lane) []drawing.LegendItem {
	items := make([]drawing.LegendItem, 0, len(states))
	for _, item := range states {
		occurs := func(s Span) bool { return s.State == item.State }
		if slices.ContainsFunc(lanes, func(l Lane) bool { return slices.ContainsFunc(l.Spans, occurs) }) {
			items = append(items, item)
		}
	}
	return items
}

// timelineTable has a row for each lane: how long it was in each state. What processes
// have of their bars is in a column of its own, where it is known.
func timelineTable(timelines []Timeline) drawing.Table {
	var all []Lane
	chained := false
	for _, t := range timelines {
		all = append(all, t.Lanes...)
		chained = chained || len(t.Path) > 0
	}
	shown := legend(all)
	table := drawing.Table{Header: []string{"Lane"}}
	for _, item := range shown {
		table.Header = append(table.Header, item.Label)
	}
	measured := slices.ContainsFunc(all, func(l Lane) bool { return l.CPU > 0 })
	if measured {
		table.Header = append(table.Header, "Processor time")
	}
	if chained {
		table.Header = append(table.Header, "On the longest chain")
	}
	for _, t := range timelines {
		onPath := t.onPath()
		for i, lane := range t.Lanes {
			row := []string{lane.Label}
			if len(timelines) > 1 {
				row[0] = t.Title + ": " + lane.Label
			}
			total := lane.total()
			for _, item := range shown {
				row = append(row, drawing.FormatDuration(total[item.State]))
			}
			switch {
			case lane.CPU > 0:
				row = append(row, drawing.FormatDuration(lane.CPU))
			case measured:
				row = append(row, "–") // as its bars say
			}
			if chained {
				row = append(row, drawing.FormatDuration(onPath[i]))
			}
			table.Rows = append(table.Rows, row)
		}
	}
	return table
}

// total is how long the lane was in each state.
func (l Lane) total() map[drawing.State]time.Duration {
	total := make(map[drawing.State]time.Duration)
	for _, span := range l.Spans {
		total[span.State] += span.End - span.Start
	}
	return total
}
