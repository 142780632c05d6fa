package gantt

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
)

func TestLocksAreDrawnLastAndArrowsFollow(t *testing.T) {
	clean := Timeline{
		Lanes:  []Lane{{Label: "mu", Kind: drawing.Lock}, {Label: "a"}, {Label: "other", Kind: drawing.Lock}, {Label: "b", Kind: drawing.Process}},
		Arrows: []Arrow{{1, 3, 5, "later"}, {0, 1, 2, "earlier"}},
		Wall:   10,
	}.clean()
	var labels []string
	for _, lane := range clean.Lanes {
		labels = append(labels, lane.Label)
	}
	if want := []string{"a", "b", "mu", "other"}; !slices.Equal(labels, want) {
		t.Errorf("lanes %v, want %v", labels, want)
	}
	if want := []Arrow{{2, 0, 2, "earlier"}, {0, 1, 5, "later"}}; !slices.Equal(clean.Arrows, want) {
		t.Errorf("arrows %v, want %v", clean.Arrows, want)
	}
}

func TestSpansAreCutAndSorted(t *testing.T) {
	clean := Timeline{Wall: 10, Lanes: []Lane{{Spans: []Span{
		{8, 10, drawing.Running, "", ""}, {5, 2, drawing.Waiting, "", ""}, {-3, 1, drawing.Ready, "", ""}, {-9, -5, drawing.Ready, "", "gone"},
	}}}}.clean()
	want := []Span{{0, 1, drawing.Ready, "", ""}, {2, 5, drawing.Waiting, "", ""}, {8, 10, drawing.Running, "", ""}}
	if !slices.Equal(clean.Lanes[0].Spans, want) {
		t.Errorf("spans %v, want %v", clean.Lanes[0].Spans, want)
	}
}

func TestTheCallersTimelineIsLeftAlone(t *testing.T) {
	timeline := hostile()
	timeline.Chart()
	if want := hostile(); timeline.Title != want.Title || !slices.Equal(timeline.Lanes[1].Spans, want.Lanes[1].Spans) || !slices.Equal(timeline.Arrows, want.Arrows) {
		t.Error("Chart changed the timeline it was called on")
	}
}

func TestAnUnknownStateIsAnError(t *testing.T) {
	err := Timeline{Lanes: []Lane{{Label: "main", Spans: []Span{{0, 1, "dancing", "", ""}}}}}.Chart().Show()
	if err == nil || !strings.Contains(err.Error(), `lane "main" has a span in the state "dancing"`) {
		t.Errorf("error %v, want one about the state", err)
	}
}

func TestLanesThatAreNotDrawnAreSaidAndStayInTheTable(t *testing.T) {
	chart := manyLanes(1000).Chart()
	if !strings.HasSuffix(chart.Subtitle, "Drawn: the first 250 of 1000 lanes.") {
		t.Errorf("subtitle %q", chart.Subtitle)
	}
	if len(chart.Lanes) != 250 || len(chart.Table.Rows) != 1000 {
		t.Errorf("%d lanes, %d rows", len(chart.Lanes), len(chart.Table.Rows))
	}
}

func TestTheTableHasTheTimeInEachState(t *testing.T) {
	table := lockQueue().Chart().Table
	want := []string{"Lane", "Running", "Waiting for a lock", "Sleeping", "Lock held"}
	if !slices.Equal(table.Header, want) {
		t.Errorf("header %v, want %v", table.Header, want)
	}
	if got, want := table.Rows[2], []string{"T2 worker", "23.0 ms", "80.0 ms", "20.0 ms", "0 s"}; !slices.Equal(got, want) {
		t.Errorf("row %v, want %v", got, want)
	}
	if got := table.Rows[5][4]; got != drawing.FormatDuration(200*time.Millisecond) {
		t.Errorf("the lock was held %v, want 200 ms", got)
	}
}

func TestTheTableHasWhatProcessesReallyHadOfTheProcessors(t *testing.T) {
	table := Timeline{Wall: 10 * ms, Lanes: []Lane{
		{Label: "main", Spans: []Span{{0, 10 * ms, drawing.Running, "", ""}}},
		{Label: "child", Kind: drawing.Process, CPU: 6 * ms, Spans: []Span{{0, 10 * ms, drawing.Running, "", ""}}},
	}}.Chart().Table
	if want := []string{"Lane", "Running", "Processor time"}; !slices.Equal(table.Header, want) {
		t.Errorf("header %v, want %v", table.Header, want)
	}
	for i, want := range [][]string{{"main", "10.0 ms", "–"}, {"child", "10.0 ms", "6.00 ms"}} {
		if !slices.Equal(table.Rows[i], want) {
			t.Errorf("row %v, want %v", table.Rows[i], want)
		}
	}
}
