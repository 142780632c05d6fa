package measure

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestIntervalsAreThoseOfTheTables: the ranks of the 95% confidence interval of a
// median, as tables of the sign test give them.
func TestIntervalsAreThoseOfTheTables(t *testing.T) {
	for _, c := range []struct {
		n, k   int
		covers float64
	}{
		{2, 1, 0.5}, {5, 1, 0.9375}, {6, 1, 0.9688}, {8, 1, 0.9922}, {9, 2, 0.9609}, {10, 2, 0.9785},
		{12, 3, 0.9614}, {15, 4, 0.9648}, {20, 6, 0.9586}, {25, 8, 0.9567}, {30, 10, 0.9572}, {50, 18, 0.9672}, {100, 40, 0.9648},
	} {
		if k, covers := endsAt(c.n); k != c.k || math.Abs(covers-c.covers) > 0.00005 {
			t.Errorf("n = %d: k = %d with %.4f, want %d with %.4f", c.n, k, covers, c.k, c.covers)
		}
	}
	if k, covers := endsAt(1); k != 1 || covers != 0 {
		t.Error("one value is sure of nothing:", k, covers)
	}
}

// TestIntervalsHoldTheMedian: as often as they say, for values that are far from
// normally distributed.
func TestIntervalsHoldTheMedian(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	const trials = 20_000
	for _, n := range []int{6, 10, 30} {
		held, values := 0, make([]float64, n)
		for range trials {
			for i := range values {
				values[i] = random.ExpFloat64() // its median is ln 2
			}
			i := medianOf(values, func(a, b float64) float64 { return (a + b) / 2 })
			if i.Low <= math.Ln2 && math.Ln2 <= i.High {
				held++
			}
		}
		_, covers := endsAt(n)
		if share := float64(held) / trials; math.Abs(share-covers) > 0.005 { // three standard errors
			t.Errorf("n = %d: %.4f held the median, want %.4f", n, share, covers)
		}
	}
}

func TestMedianOfAnEvenNumber(t *testing.T) {
	i := medianOf([]float64{4, 1, 3, 2}, func(a, b float64) float64 { return (a + b) / 2 })
	if i.Median != 2.5 || i.Low != 1 || i.High != 4 || i.Confidence != 0.875 {
		t.Errorf("%+v", i)
	}
}

func TestAmdahlsFit(t *testing.T) {
	point := func(workers int, speedup float64) Speed {
		return Speed{Workers: workers, Ratio: Interval[float64]{Median: speedup}}
	}
	for name, c := range map[string]struct {
		speeds           []Speed
		serial, residual float64
	}{
		"ideal":            {[]Speed{point(1, 1), point(2, 2), point(4, 4)}, 0, 0},
		"half":             {[]Speed{point(1, 1), point(2, 4./3), point(4, 1.6)}, 0.5, 0},
		"more than ideal":  {[]Speed{point(1, 1), point(2, 4)}, 0, 0.25},
		"slower":           {[]Speed{point(1, 1), point(2, 0.5)}, 1, 1},
		"beyond the cores": {[]Speed{point(1, 1), point(2, 2), point(8, 2)}, 0, 0},
		// x: 1/2, 3/4; y: 0.1, 0: serial = 0.05/0.8125
		"no curve": {[]Speed{point(2, 1/0.6), point(4, 4)}, 0.061538, 0.058835},
	} {
		serial, residual := amdahl(c.speeds, 4)
		if math.Abs(serial-c.serial) > 1e-5 || math.Abs(residual-c.residual) > 1e-5 {
			t.Errorf("%s: serial %f, residual %f; want %f, %f", name, serial, residual, c.serial, c.residual)
		}
	}
	if serial, _ := amdahl([]Speed{point(1, 1)}, 4); !math.IsNaN(serial) {
		t.Error(serial)
	}
}
