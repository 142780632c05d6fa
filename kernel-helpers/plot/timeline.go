package plot

import (
	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing/gantt"
)

// Timeline is what a timeline shows: Lanes, on each what happened when, and Arrows
// between them. Package timeline fills one with what it recorded; fill one yourself
// to draw times that come from elsewhere, and call Chart.
//
//	plot.Timeline{Title: "Two downloads", Wall: 90 * time.Millisecond, Lanes: []plot.Lane{
//		{Label: "a", Spans: []plot.Span{{Start: 0, End: 60 * time.Millisecond, State: plot.Waiting}}},
//		{Label: "b", Spans: []plot.Span{{Start: 0, End: 90 * time.Millisecond, State: plot.Waiting}}},
//	}}.Chart().Show()
//
// All times count from the start. Wall is how long it took in all, at least until the
// end of the last span. Lanes are drawn in order, those of locks after the others.
// Subtitle is the finding, and Text one true sentence for those who do not see the
// chart. Path is underlined: the longest chain, on which alone time can be saved. A
// Strip above the lanes shows how much ran at once, with a line at the
// number of Cores; both may be left out. With Steps the picture is one of an order: a
// millisecond stands for a step, and the axis has no times.
//
// Chart copes with any Timeline: spans outside the recording are cut, spans too thin
// to see are merged, arrows too dense to read are left out, and lanes after the first
// 250 are only in the table. A state that is none of the seven is an error of Show.
type Timeline = gantt.Timeline

// Lane is one row of a Timeline: its Label, its Kind and its Spans, which should not
// overlap. The Kind of a lane that has none is Thread. CPU is the processor time that a
// process really had, for the table, where that is known.
type Lane = gantt.Lane

// Kind is what a lane stands for.
type Kind = drawing.Kind

// What a lane stands for. A lane of a Lock shows who held it.
const (
	Thread  = drawing.Thread
	Process = drawing.Process
	Lock    = drawing.Lock
)

// Span is a stretch of time on a lane, from Start to End in a State. Label is the
// holder's name on a lock's lane, or a few words in a running span, such as "33: x++", of
// which what stands before the colon stays where room is short; Detail is for the tooltip: why it waits, and at
// which line.
type Span = gantt.Span

// State is what a lane does during a span.
type State = drawing.State

// What a lane does during a span.
const (
	Running    = drawing.Running    // on a core
	Ready      = drawing.Ready      // could run, waits for a core
	Contending = drawing.Contending // waiting for a lock
	Waiting    = drawing.Waiting    // for anything else: a value, an end, input
	Sleeping   = drawing.Sleeping   // until a time
	Held       = drawing.Held       // a lock, by the thread in the span's label
	Fault      = drawing.Fault      // what goes wrong
)

// Arrow is a hand-over: what the lane From did At a time let the lane To go on. Both
// are indexes of Timeline.Lanes; Detail is for the tooltip.
type Arrow = gantt.Arrow

// Step is a stretch of a Timeline's Path, the chain of what determined how long all
// took: it led through the lane Lane, an index of Timeline.Lanes, from Start to End.
type Step = gantt.Step

// Load says how much was under way from At on, until the next Load or the end: so
// many ran at once (Running), and so many more could have and had no core (Ready).
type Load = gantt.Load

// Beside returns a chart of timelines one above the other, on one axis of time, so
// that their lengths compare. Each is headed by its Title; the chart's title is the
// author's, and its finding compares the first timeline with the shortest.
func Beside(title string, timelines ...Timeline) *Chart { return gantt.Beside(title, timelines...) }
