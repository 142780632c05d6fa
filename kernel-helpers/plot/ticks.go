package plot

import (
	"math"
	"time"
)

// niceStep is the distance of ticks, 1, 2 or 5 times a power of ten, that divides
// span into at most eight parts.
func niceStep(span float64) float64 {
	step := math.Pow(10, math.Floor(math.Log10(span/8)))
	for _, factor := range []float64{1, 2, 5, 10} {
		if span/(factor*step) <= 8 {
			return factor * step
		}
	}
	return 10 * step
}

// tickStep is niceStep for times.
func tickStep(wall time.Duration) time.Duration {
	return max(1, time.Duration(math.Round(niceStep(float64(wall)))))
}
