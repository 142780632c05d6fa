package plot

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
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
}

// Lane is one row: what one thread or process did, or who held a lock.
type Lane struct {
	Label string
	Kind  Kind
	Spans []Span
}

// Kind is what a lane stands for.
type Kind string

const (
	Thread  Kind = "thread"
	Process Kind = "process"
	Lock    Kind = "lock"
)

// Span is a stretch of time on a lane. Spans of a lane should not overlap.
type Span struct {
	Start, End time.Duration
	State      State
	Label      string // the holder's name on a lock's lane
	Detail     string // for the tooltip: why it waits, and at which line
}

// State is what a lane does during a span.
type State string

const (
	Running    State = "running"    // on a core
	Ready      State = "ready"      // could run, waits for a core
	Contending State = "contending" // waiting for a lock
	Waiting    State = "waiting"    // for anything else: a value, an end, input
	Sleeping   State = "sleeping"   // until a time
	Held       State = "held"       // a lock, by the thread in the span's label
)

// states in the order of the legend, with their names there.
var states = []LegendItem{
	{Running, "Running"},
	{Ready, "Ready, no free core"},
	{Contending, "Waiting for a lock"},
	{Waiting, "Waiting for others"},
	{Sleeping, "Sleeping"},
	{Held, "Lock held"},
}

// Arrow is a hand-over: what one lane did let another go on.
type Arrow struct {
	From, To int // indexes of Timeline.Lanes
	At       time.Duration
	Detail   string
}

// mostLanes is how many lanes are drawn.
const mostLanes = 250

// Chart returns the chart that shows t. It copes with any t: spans outside the
// recording are cut, spans too thin to see are merged, arrows too dense to read
// are left out, and lanes after the first 250 are only in the table.
func (t Timeline) Chart() *Chart {
	t = t.clean()
	shown := t.crop().thin()
	return &Chart{
		Kind:     "timeline",
		Title:    t.Title,
		Subtitle: shown.Subtitle,
		Text:     t.Text,
		Option:   timelineOption(shown),
		Lanes:    laneNames(shown.Lanes),
		Legend:   legend(shown.Lanes),
		Height:   timelineHeight(len(shown.Lanes)),
		Table:    timelineTable(t),
		figure:   timelineFigure{shown},
		err:      t.check(),
	}
}

// check returns an error for a state that no form of the chart can draw.
func (t Timeline) check() error {
	for _, lane := range t.Lanes {
		for _, span := range lane.Spans {
			if _, ok := looks[span.State]; !ok {
				return fmt.Errorf("plot: lane %q has a span in the state %q; the states are running, ready, contending, waiting, sleeping and held", lane.Label, span.State)
			}
		}
	}
	return nil
}

// crop leaves out what is beyond the first lanes, and says so.
func (t Timeline) crop() Timeline {
	if len(t.Lanes) <= mostLanes {
		return t
	}
	t.Subtitle = strings.TrimSpace(fmt.Sprintf("%s Drawn: the first %d of %d lanes.", t.Subtitle, mostLanes, len(t.Lanes)))
	t.Lanes = t.Lanes[:mostLanes]
	t.Arrows = slices.DeleteFunc(slices.Clone(t.Arrows), func(a Arrow) bool { return max(a.From, a.To) >= mostLanes })
	return t
}

// clean returns a copy of t whose texts can be drawn, whose lanes are in drawing
// order and whose spans are sorted and lie within the recording.
func (t Timeline) clean() Timeline {
	order := make([]int, 0, len(t.Lanes)) // order[new index] = old index
	for _, isLock := range []bool{false, true} {
		for i, lane := range t.Lanes {
			if (lane.Kind == Lock) == isLock {
				order = append(order, i)
			}
		}
	}
	for _, lane := range t.Lanes {
		for _, span := range lane.Spans {
			t.Wall = max(t.Wall, span.Start, span.End)
		}
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
		arrows = append(arrows, Arrow{position[a.From], position[a.To], a.At, cleanText(a.Detail)})
	}
	slices.SortStableFunc(arrows, func(a, b Arrow) int { return int(min(max(a.At-b.At, -1), 1)) })
	t.Title, t.Subtitle, t.Text = cleanText(t.Title), cleanText(t.Subtitle), cleanText(t.Text)
	if t.Text == "" {
		t.Text = strings.TrimSpace(t.Title + " " + t.Subtitle)
	}
	t.Lanes, t.Arrows = lanes, arrows
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
		s.Label, s.Detail = cleanText(s.Label), cleanText(s.Detail)
		spans = append(spans, s)
	}
	slices.SortStableFunc(spans, func(a, b Span) int { return int(min(max(a.Start-b.Start, -1), 1)) })
	if l.Kind == "" {
		l.Kind = Thread
	}
	return Lane{Label: cleanText(l.Label), Kind: l.Kind, Spans: spans}
}

func laneNames(lanes []Lane) []LaneName {
	names := make([]LaneName, len(lanes))
	for i, lane := range lanes {
		names[i] = LaneName{lane.Label, lane.Kind}
	}
	return names
}

// legend lists the states that occur.
func legend(lanes []Lane) []LegendItem {
	items := make([]LegendItem, 0, len(states))
	for _, item := range states {
		occurs := func(s Span) bool { return s.State == item.State }
		if slices.ContainsFunc(lanes, func(l Lane) bool { return slices.ContainsFunc(l.Spans, occurs) }) {
			items = append(items, item)
		}
	}
	return items
}

// timelineTable has a row for each lane: how long it was in each state.
func timelineTable(t Timeline) Table {
	shown := legend(t.Lanes)
	table := Table{Header: []string{"Lane"}}
	for _, item := range shown {
		table.Header = append(table.Header, item.Label)
	}
	for _, lane := range t.Lanes {
		row := []string{lane.Label}
		total := lane.total()
		for _, item := range shown {
			row = append(row, FormatDuration(total[item.State]))
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

// total is how long the lane was in each state.
func (l Lane) total() map[State]time.Duration {
	total := make(map[State]time.Duration)
	for _, span := range l.Spans {
		total[span.State] += span.End - span.Start
	}
	return total
}

// laneHeight is a lane's height in CSS pixels: less where there are many.
func laneHeight(lanes int) int {
	switch {
	case lanes <= 20:
		return 30
	case lanes <= 40:
		return 24
	case lanes <= 80:
		return 18
	}
	return max(8, 1440/lanes)
}

// labelEvery is n if there is room to label only each n-th lane.
func labelEvery(lanes int) int {
	return int(math.Ceil(16 / float64(laneHeight(lanes))))
}
