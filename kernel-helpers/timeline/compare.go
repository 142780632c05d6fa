package timeline

import (
	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing/gantt"
)

// Compare draws two recordings one above the other on one axis of time, so that
// their lengths compare:
//
//	timeline.Compare("Three downloads",
//		timeline.Record(oneByOne).Named("one by one"),
//		timeline.Record(atOnce).Named("at once"),
//	)
//
// Under the title stands how much faster the quicker one was.
func Compare(title string, a, b *Recording) error {
	return Comparison(title, a, b).Show()
}

// Comparison returns the chart that [Compare] shows, of any number of recordings: the
// type that package plot calls plot.Chart.
func Comparison(title string, recordings ...*Recording) *drawing.Chart {
	drawings := make([]gantt.Timeline, len(recordings))
	for i, r := range recordings {
		drawings[i] = r.drawing(r.name)
	}
	return gantt.Beside(title, drawings...)
}

// Named gives the recording a name, which heads it in a comparison, and returns it.
func (r *Recording) Named(name string) *Recording {
	r.name = name
	return r
}
