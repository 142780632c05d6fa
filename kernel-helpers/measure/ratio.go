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
// Timings: 2 if it takes half the time. It is the median of the rounds' ratios. A
// case that is in Missing has no index, and one that is not there panics, as with any
// slice.
func (c *Comparison) Ratio(b, a int) Interval[float64] {
	slow, fast := c.Timings[a].Times, c.Timings[b].Times
	ratios := make([]float64, min(len(slow), len(fast)))
	for i := range ratios {
		ratios[i] = float64(max(slow[i], 1)) / float64(max(fast[i], 1))
	}
	return medianOf(ratios, func(a, b float64) float64 { return (a + b) / 2 })
}

// Finding returns what the runs show, in a sentence or a few: how the cases stand
// to the first, how sure that is, and what is missing.
func (c *Comparison) Finding() string {
	var told []string
	switch len(c.Timings) {
	case 0:
		told = append(told, "Nothing could be timed.")
	case 1:
		told = append(told, fmt.Sprintf("%s took %s.", c.Timings[0].Name, tellTime(c.Timings[0].Interval())))
	case 2:
		told = append(told, c.tellTwo())
	default:
		told = append(told, c.tellMany())
	}
	if c.Rounds > 0 {
		told = append(told, c.howSure())
	}
	for _, why := range c.Missing {
		told = append(told, "Not compared: "+why+".")
	}
	return strings.Join(told, " ")
}

const noDifference = "no difference that these runs could show"

func (c *Comparison) tellTwo() string {
	slow, fast := 0, 1
	if c.Ratio(fast, slow).High < 1 {
		slow, fast = fast, slow
	}
	r, a, b := c.Ratio(fast, slow), c.Timings[slow].Name, c.Timings[fast].Name
	ratio, interval := tellRatio(r)
	if r.Low <= 1 {
		return fmt.Sprintf("%s and %s: %s (%s).", a, b, noDifference, interval)
	}
	return fmt.Sprintf("%s: %s times as fast as %s (%s).", b, ratio, a, interval)
}

// tellMany compares with the first case each other, or, where there are very many,
// the fastest.
func (c *Comparison) tellMany() string {
	const most = 5
	var told []string
	for i := range c.Timings[1:] {
		told = append(told, c.tellBesideFirst(i+1))
	}
	if len(told) > most {
		fastest := 1
		for i, t := range c.Timings {
			if i > 0 && t.Median() < c.Timings[fastest].Median() {
				fastest = i
			}
		}
		told = []string{c.tellBesideFirst(fastest)}
	}
	return fmt.Sprintf("Compared with %s – %s.", c.Timings[0].Name, strings.Join(told, "; "))
}

func (c *Comparison) tellBesideFirst(i int) string {
	name, r := c.Timings[i].Name, c.Ratio(i, 0)
	how := "times as fast"
	if r.High < 1 {
		r, how = c.Ratio(0, i), "times as long"
	}
	ratio, interval := tellRatio(r)
	if r.Low <= 1 {
		return fmt.Sprintf("%s: %s (%s)", name, noDifference, interval)
	}
	return fmt.Sprintf("%s: %s %s (%s)", name, ratio, how, interval)
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

// tellRatio writes a ratio and its interval with as many decimals as tell the
// interval's ends apart, and from 1.
func tellRatio(r Interval[float64]) (median, interval string) {
	for decimals := 1; ; decimals++ {
		write := func(x float64) string {
			if x >= 100 {
				return fmt.Sprintf("%.0f", x)
			}
			return fmt.Sprintf("%.*f", decimals, x)
		}
		low, high, one := write(r.Low), write(r.High), write(1)
		if low != high && low != one && high != one || decimals == 3 {
			return write(r.Median), low + "–" + high
		}
	}
}
