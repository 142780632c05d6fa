package plot

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
)

func TestALongLineKeepsWhatCanBeSeen(t *testing.T) {
	s := manyPoints(50_000)
	s.Y[31_415], s.Y[27_182] = 99, -99 // a peak and a dip of one point
	x := valueAxis("", false, s.X...)
	kept := thinLine(s.points(), x)
	if len(kept) > 4*drawing.FullWidth+4 || !slices.IsSortedFunc(kept, func(a, b point) int { return int(a.x - b.x) }) {
		t.Fatalf("%d points are kept, want fewer, in their order", len(kept))
	}
	for _, want := range []point{{0, s.Y[0]}, {31_415, 99}, {27_182, -99}, {49_999, s.Y[49_999]}} {
		if !slices.Contains(kept, want) {
			t.Errorf("%v is lost", want)
		}
	}
}

func TestManyDotsAreThinnedToOneInAPlace(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	var points []point
	for range 50_000 {
		points = append(points, point{random.NormFloat64(), random.NormFloat64()})
	}
	points = append(points, point{9, 9}, point{math.NaN(), 0})
	kept := thinDots(points, axis{from: -10, to: 10}, axis{from: -10, to: 10})
	if n := len(kept); n > mostDots || n < mostDots/10 || !slices.Contains(kept, point{9, 9}) {
		t.Errorf("%d dots are kept", n)
	}
}

func TestHistogramsCountEveryValueOnce(t *testing.T) {
	for _, values := range [][]float64{{1}, {2, 2, 2}, {0.1, 0.2, 0.3}, {-1e9, 0, 1e9}, {1e-12, 5e-12}, {0, 1e15}} {
		slices.Sort(values)
		total := 0
		for _, b := range count(values, false) {
			total += b.count
			if !(b.from < b.to) {
				t.Errorf("%v: a bin from %v to %v", values, b.from, b.to)
			}
		}
		if total != len(values) {
			t.Errorf("%v: %d values in bins, want %d", values, total, len(values))
		}
	}
}

// The ranks are those of tables of the sign test's intervals.
func TestTheMediansIntervalHasTheRanksOfTheSignTest(t *testing.T) {
	for n, rank := range map[int]int{1: 1, 5: 1, 6: 1, 8: 1, 9: 2, 10: 2, 12: 3, 15: 4, 20: 6, 25: 8, 50: 18, 100: 40} {
		sorted := make([]float64, n)
		for i := range sorted {
			sorted[i] = float64(i + 1)
		}
		if got := medianInterval(sorted); got.low != float64(rank) || got.high != float64(n+1-rank) {
			t.Errorf("%d runs: from rank %v to %v, want %d to %d", n, got.low, got.high, rank, n+1-rank)
		}
	}
}

func TestCasesThatOverlapAreNotSaidToDiffer(t *testing.T) {
	got := Spread("", Sample{"a", []time.Duration{10, 12, 14}}, Sample{"b", []time.Duration{9, 11, 13}}).Subtitle
	if want := "a and b: no difference that these runs could show."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestPointsThatAreMissingAreSaid(t *testing.T) {
	chart := Line("", "", "", Series{"a", []float64{1, 2, 3}, []float64{4, math.NaN(), 5}})
	if !strings.HasSuffix(chart.Subtitle, "Not drawn: 1 point without a number.") {
		t.Errorf("subtitle %q", chart.Subtitle)
	}
	if err := Line("", "", "", Series{"a", []float64{1, 2}, []float64{4}}).Show(); err == nil || !strings.Contains(err.Error(), `"a" has 2 X and 1 Y`) {
		t.Errorf("error %v", err)
	}
	if err := Scatter("", "", "", make([]Series, 9)...).Show(); err == nil || !strings.Contains(err.Error(), "at most 8") {
		t.Errorf("error %v", err)
	}
}
