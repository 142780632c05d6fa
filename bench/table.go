package main

import (
	"fmt"
	"slices"
	"time"
)

// sample is what one case took, round by round.
type sample []time.Duration

func (s sample) median() time.Duration {
	sorted := slices.Sorted(slices.Values(s))
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}

func (s sample) String() string {
	return fmt.Sprintf("%s (%s–%s)", round(s.median()), round(slices.Min(s)), round(slices.Max(s)))
}

func round(d time.Duration) time.Duration {
	if d > 10*time.Second {
		return d.Round(100 * time.Millisecond)
	}
	return d.Round(time.Millisecond)
}

// verdict says how a figure stands to its goal.
func verdict(met bool) string {
	if met {
		return "met"
	}
	return "**missed**"
}

// ratio compares medians: how many times b's the first took.
func ratio(a, b sample) float64 { return float64(a.median()) / float64(b.median()) }
