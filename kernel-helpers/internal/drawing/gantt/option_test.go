package gantt

import (
	"testing"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing/drawingtest"
)

func TestCharts(t *testing.T) { drawingtest.Run(t, samples(), extremes()) }

func TestTextOfReadersIsNotTakenForNames(t *testing.T) {
	timeline := Timeline{Lanes: []Lane{{Label: "@color/text", Spans: []Span{{0, 1, drawing.Running, "@draw/value", "@color/grid"}}}, {}},
		Arrows: []Arrow{{0, 1, 0, "@draw/duration"}}}
	got := drawingtest.Names(t, timeline.Chart())
	timeline.Lanes[0].Label, timeline.Lanes[0].Spans[0].Label, timeline.Lanes[0].Spans[0].Detail = "a", "b", "c"
	timeline.Arrows[0].Detail = "d"
	if want := drawingtest.Names(t, timeline.Chart()); got != want {
		t.Errorf("%d names in the option, want the %d that are there without such text", got, want)
	}
}
