package measure

import (
	"fmt"
	"strings"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/plot"
)

// Interval returns the median of the times and its confidence interval.
func (t Timing) Interval() Interval[time.Duration] {
	return medianOf(t.Times, func(a, b time.Duration) time.Duration { return a + (b-a)/2 })
}

// Median returns the median of the times.
func (t Timing) Median() time.Duration { return t.Interval().Median }

// Ratio returns how many times as fast case b is as case a, by their indexes in
// Timings: 2 if it takes half the time. It is the median of the rounds' ratios.
func (c *Comparison) Ratio(b, a int) Interval[float64] {
	slow, fast := c.Timings[a].Times, c.Timings[b].Times
	ratios := make([]float64, min(len(slow), len(fast)))
	for i := range ratios {
		ratios[i] = float64(max(slow[i], 1)) / float64(max(fast[i], 1))
	}
	return medianOf(ratios, func(a, b float64) float64 { return (a + b) / 2 })
}

// Finding returns what the runs show, in one sentence or a few: how the fastest
// case stands to the first, and what is missing.
func (c *Comparison) Finding() string {
	var told []string
	if sentence := c.fastest(); sentence != "" {
		told = append(told, sentence)
	}
	if c.Rounds > 0 {
		told = append(told, c.howSure())
	}
	for _, why := range c.Missing {
		told = append(told, "Not compared: "+why+".")
	}
	return strings.Join(told, " ")
}

// fastest compares the case with the smallest median, or the second smallest if
// that is the first case, with the first.
func (c *Comparison) fastest() string {
	switch len(c.Timings) {
	case 0:
		return "Nothing could be timed."
	case 1:
		t := c.Timings[0]
		return fmt.Sprintf("%s took %s.", t.Name, tellTime(t.Interval()))
	}
	first, best := 0, 1
	for i := range c.Timings[1:] {
		if c.Timings[i+1].Median() < c.Timings[best].Median() {
			best = i + 1
		}
	}
	if r := c.Ratio(best, first); r.High < 1 {
		first, best = best, first
	}
	r, a, b := c.Ratio(best, first), c.Timings[first].Name, c.Timings[best].Name
	if r.Low <= 1 {
		return fmt.Sprintf("%s and %s: no difference that these runs could show (%s).", a, b, tellRange(r))
	}
	return fmt.Sprintf("%s: %s times as fast as %s (%s).", b, figure(r.Median, 1), a, tellRange(r))
}

// howSure says what the intervals are.
func (c *Comparison) howSure() string {
	rounds := fmt.Sprintf("%d rounds", c.Rounds)
	if c.Rounds == 1 {
		return "1 round: that says nothing of how much times vary; give it more time (measure.Meter)."
	}
	_, covers := endsAt(c.Rounds)
	if covers < confidence {
		return fmt.Sprintf("%s are few: the intervals are sure to %.0f%% only; give it more time (measure.Meter).", rounds, 100*covers)
	}
	return fmt.Sprintf("%s, 95%% confidence.", rounds)
}

func tellTime(i Interval[time.Duration]) string {
	return fmt.Sprintf("%s (%s–%s)", plot.FormatDuration(i.Median), plot.FormatDuration(i.Low), plot.FormatDuration(i.High))
}

// tellRange writes a ratio's interval with as many decimals as tell its ends apart.
func tellRange(r Interval[float64]) string {
	for decimals := 1; ; decimals++ {
		low, high := figure(r.Low, decimals), figure(r.High, decimals)
		if low != high || decimals == 3 {
			return low + "–" + high
		}
	}
}

// figure writes a ratio: with decimals if it is small.
func figure(x float64, decimals int) string {
	if x >= 100 {
		decimals = 0
	}
	return fmt.Sprintf("%.*f", decimals, x)
}
