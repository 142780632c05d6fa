package measure

import (
	"cmp"
	"math"
	"slices"
)

// Interval is a median and where it lies. Its ends are two of the values themselves,
// whatever their distribution (H. A. David and H. N. Nagaraja, Order Statistics, 3rd
// edition, section 7.1).
type Interval[T any] struct {
	Median    T
	Low, High T
	// Confidence is how often, in the long run, such an interval holds the
	// true median: 0.95 or a little more, or less if there are fewer than 6
	// values.
	Confidence float64
}

// confidence is what an interval has to reach.
const confidence = 0.95

// medianOf returns the median of values and its confidence interval. Its ends are
// two of the values, the k-th from either end, whatever their distribution: how
// many of n values are below the true median is binomial with p = 1/2. (H. A. David
// and H. N. Nagaraja, Order Statistics, 3rd edition, section 7.1.)
func medianOf[T cmp.Ordered](values []T, between func(a, b T) T) Interval[T] {
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	if n == 0 {
		return Interval[T]{}
	}
	k, covers := endsAt(n)
	return Interval[T]{
		Median:     between(sorted[(n-1)/2], sorted[n/2]),
		Low:        sorted[k-1],
		High:       sorted[n-k],
		Confidence: covers,
	}
}

// endsAt returns the largest k for which the k-th smallest and the k-th largest of
// n values hold the median with enough confidence, and that confidence. It is 1 if
// none does.
func endsAt(n int) (k int, covers float64) {
	below := math.Exp2(-float64(n)) // probability that fewer than k values are below the median
	k, covers = 1, max(0, 1-2*below)
	choose := below // of exactly k values
	for next := 2; next <= n/2; next++ {
		choose *= float64(n-next+2) / float64(next-1)
		below += choose
		if 1-2*below < confidence {
			break
		}
		k, covers = next, 1-2*below
	}
	return k, covers
}
