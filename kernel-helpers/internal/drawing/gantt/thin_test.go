package gantt

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
)

// randomSpans fills wall with spans of lengths from far below a pixel to far
// above, and gaps.
func randomSpans(random *rand.Rand, wall time.Duration) []Span {
	var spans []Span
	for at := time.Duration(0); at < wall; {
		length := time.Duration(random.ExpFloat64() * float64(wall) / 5000)
		if random.IntN(20) == 0 {
			length *= 100
		}
		end := min(at+length, wall)
		if random.IntN(5) > 0 {
			spans = append(spans, Span{at, end, states[random.IntN(5)].State, "", ""})
		}
		at = end + 1
	}
	return spans
}

func TestMergingKeepsTheTimeInEachStateWithinAPixel(t *testing.T) {
	const wall = time.Second
	for seed := range uint64(20) {
		random := rand.New(rand.NewPCG(seed, 0))
		spans := randomSpans(random, wall)
		for _, pixel := range []time.Duration{1, wall / 4000, wall / drawing.FullWidth, wall / 64} {
			merged := mergeThin(spans, pixel)
			for _, state := range states {
				for range 20 {
					until := time.Duration(random.Int64N(int64(wall) + 1))
					before, after := timeIn(spans, state.State, until), timeIn(merged, state.State, until)
					if diff := (before - after).Abs(); diff > pixel || until == wall && diff != 0 {
						t.Fatalf("seed %d, pixel %v: %s until %v was %v, is %v", seed, pixel, state.State, until, before, after)
					}
				}
				if before, after := timeIn(spans, state.State, wall), timeIn(merged, state.State, wall); before != after {
					t.Fatalf("seed %d, pixel %v: %s in all was %v, is %v", seed, pixel, state.State, before, after)
				}
			}
			for i := 1; i < len(merged); i++ {
				if merged[i].Start < merged[i-1].End {
					t.Fatalf("seed %d, pixel %v: spans %v and %v overlap", seed, pixel, merged[i-1], merged[i])
				}
			}
		}
	}
}

// timeIn is how long spans were in state until a time.
func timeIn(spans []Span, state drawing.State, until time.Duration) (sum time.Duration) {
	for _, s := range spans {
		if s.State == state {
			sum += max(0, min(s.End, until)-s.Start)
		}
	}
	return sum
}

func TestSpansThatCanBeSeenAreKept(t *testing.T) {
	for _, timeline := range []Timeline{naps(), lockQueue(), processes(), manyLanes(40)} {
		clean := timeline.clean()
		shown := clean.thin(clean.Wall, mostSpans)
		for i, lane := range clean.Lanes {
			if !slices.Equal(lane.Spans, shown.Lanes[i].Spans) {
				t.Errorf("%s: lane %q has %d spans, want the %d of the recording", timeline.Title, lane.Label, len(shown.Lanes[i].Spans), len(lane.Spans))
			}
		}
	}
}

func TestASpanIsNotCutByWhatCannotBeSeen(t *testing.T) {
	spans := []Span{
		{Start: 0, End: 100, State: drawing.Running, Detail: "computes"},
		{Start: 100, End: 103, State: drawing.Ready},
		{Start: 103, End: 200, State: drawing.Running, Detail: "computes"},
		{Start: 200, End: 205, State: drawing.Ready},
		{Start: 205, End: 300, State: drawing.Running, Detail: "computes"},
		{Start: 300, End: 312, State: drawing.Ready}, // can be seen
		{Start: 312, End: 400, State: drawing.Running, Detail: "computes"},
		{Start: 410, End: 500, State: drawing.Running, Detail: "computes"}, // not at once
	}
	want := []Span{
		{Start: 0, End: 292, State: drawing.Running, Detail: "computes"},
		{Start: 292, End: 300, State: drawing.Ready, Detail: "2 in a row, too short to tell apart"},
		spans[5], spans[6], spans[7],
	}
	if got := mergeThin(spans, 10); !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

func TestALongRecordingIsThinnedToWhatABrowserDraws(t *testing.T) {
	for _, c := range []struct{ spans, lanes int }{{50_000, 4}, {50_000, 40}, {100_000, 8}} {
		clean := dense(c.spans, c.lanes).clean()
		shown := clean.thin(clean.Wall, mostSpans)
		count := 0
		for _, lane := range shown.Lanes {
			count += len(lane.Spans)
		}
		if count == 0 || count > mostSpans {
			t.Errorf("%d spans on %d lanes: %d are shown, want at most %d", c.spans, c.lanes, count, mostSpans)
		}
		if n := len(shown.Arrows); n == 0 || n > mostArrows {
			t.Errorf("%d arrows are shown, want at most %d", n, mostArrows)
		}
	}
}

func TestASpanThatStandsAloneKeepsItsDetail(t *testing.T) {
	spans := []Span{
		{0, 10, drawing.Running, "", "first"}, {10, 30, drawing.Waiting, "", "only one"}, {30, 40, drawing.Running, "", "second"},
	}
	got := mergeThin(spans, 100)
	want := []Span{{0, 20, drawing.Running, "", "2 in a row, too short to tell apart"}, {20, 40, drawing.Waiting, "", "only one"}}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestSiblingArrowsStayOrGoTogether(t *testing.T) {
	for _, c := range []struct {
		name   string
		arrows []Arrow
		kept   []int
	}{
		{"three targets, one after the other", []Arrow{{0, 1, 0, ""}, {0, 2, 4, ""}, {0, 3, 8, ""}}, []int{0, 1, 2}},
		{"another arrow among them", []Arrow{{0, 1, 0, ""}, {0, 3, 1, ""}, {2, 1, 1, ""}, {0, 2, 5, ""}, {1, 0, 10, ""}, {1, 0, 15, ""}}, []int{0, 1, 3, 5}},
		{"in the way of another arrow", []Arrow{{2, 1, 0, ""}, {0, 1, 5, ""}, {0, 2, 12, ""}, {3, 4, 12, ""}}, []int{0, 3}},
		{"the same target again", []Arrow{{0, 1, 0, ""}, {0, 1, 5, ""}, {0, 1, 10, ""}}, []int{0, 2}},
		{"far apart", []Arrow{{0, 1, 0, ""}, {1, 0, 10, ""}, {0, 1, 20, ""}}, []int{0, 1, 2}},
	} {
		var want []Arrow
		for _, i := range c.kept {
			want = append(want, c.arrows[i])
		}
		if got := thinArrows(c.arrows, make([]Lane, 5), 10); !slices.Equal(got, want) {
			t.Errorf("%s: kept %v, want %v", c.name, got, want)
		}
	}
}

func TestMoreSiblingsThanCanBeReadHaveNoArrows(t *testing.T) {
	var arrows []Arrow
	for i := range mostArrows + 1 {
		arrows = append(arrows, Arrow{From: 0, To: i + 1, At: time.Duration(i)})
	}
	if got := thinArrows(arrows, make([]Lane, len(arrows)+1), 10); len(got) != 0 {
		t.Errorf("%d arrows of %d are kept, want none", len(got), len(arrows))
	}
}

func TestEveryStartOfAFewIsShown(t *testing.T) {
	lanes := make([]Lane, 6)
	for i := range 3 { // each started by another lane, all at about the same time
		lanes[3+i].Spans = []Span{{time.Duration(20 + i), 90, drawing.Running, "", ""}}
	}
	starts := []Arrow{{0, 5, 20, ""}, {1, 4, 20, ""}, {2, 3, 20, ""}}
	all := append([]Arrow{{1, 0, 19, ""}}, starts...)
	all = append(all, Arrow{0, 2, 22, ""})
	if got, want := thinArrows(all, lanes, 10), all[:4]; !slices.Equal(got, want) {
		t.Errorf("kept %v, want %v", got, want)
	}
}
