package drawing

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// NiceStep is the distance of ticks, 1, 2 or 5 times a power of ten, that divides
// span into at most eight parts.
func NiceStep(span float64) float64 {
	step := math.Pow(10, math.Floor(math.Log10(span/8)))
	for _, factor := range []float64{1, 2, 5, 10} {
		if span/(factor*step) <= 8 {
			return factor * step
		}
	}
	return 10 * step
}

// roundTimes are the distances of ticks from a minute on, where people do not
// count in tens. The extension has the same (draw/ticks.ts).
var roundTimes = []time.Duration{
	10 * time.Second, 15 * time.Second, 30 * time.Second,
	time.Minute, 2 * time.Minute, 5 * time.Minute, 10 * time.Minute, 15 * time.Minute, 30 * time.Minute,
	time.Hour, 2 * time.Hour, 3 * time.Hour, 6 * time.Hour, 12 * time.Hour, day,
}

// TickStep is NiceStep for times.
func TickStep(wall time.Duration) time.Duration {
	return time.Duration(math.Round(NiceTime(float64(wall))))
}

// NiceTime is NiceStep for a span in nanoseconds.
func NiceTime(span float64) float64 {
	if span < float64(time.Minute) {
		return max(1, NiceStep(span)) // there is no part of a nanosecond
	}
	for _, step := range roundTimes {
		if span/float64(step) <= 8 {
			return float64(step)
		}
	}
	return NiceStep(span/float64(day)) * float64(day)
}

// TickLabel writes a time on an axis of length wall, in the axis' unit, and from a
// minute on in units that people count in.
func TickLabel(at, wall time.Duration) string {
	switch {
	case at == 0:
		return "0"
	case at >= time.Minute:
		return inUnits(at)
	case at <= -time.Minute:
		return "-" + inUnits(max(-at, 0))
	}
	unit, name := tickUnit(wall)
	return strconv.FormatFloat(float64(at)/float64(unit), 'f', -1, 64) + " " + name
}

// EndLabel writes the length of an axis at its end: a measured value, and so with
// three digits.
func EndLabel(wall time.Duration) string {
	if wall >= time.Minute {
		if wall%time.Millisecond == 0 {
			return inUnits(wall) // not measured: one that was chosen
		}
		return FormatDuration(wall)
	}
	unit, name := tickUnit(wall)
	value := float64(wall) / float64(unit)
	if value == math.Round(value) {
		return TickLabel(wall, wall)
	}
	return strings.TrimSuffix(digits(value), ".0") + " " + name // "65 ms" beside "60 ms"
}

// tickUnit is the unit of an axis of length wall.
func tickUnit(wall time.Duration) (unit time.Duration, name string) {
	switch {
	case wall >= time.Second:
		return time.Second, "s"
	case wall >= time.Millisecond:
		return time.Millisecond, "ms"
	case wall >= time.Microsecond:
		return time.Microsecond, "µs"
	}
	return time.Nanosecond, "ns"
}
