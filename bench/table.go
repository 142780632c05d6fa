package main

import (
	"fmt"
	"math"
	"slices"
	"time"
)

// sample is what one case took, round by round, in seconds: of a billionth, too.
type sample []float64

func (s *sample) add(took time.Duration) { *s = append(*s, took.Seconds()) }

func (s sample) median() float64 {
	sorted := slices.Sorted(slices.Values(s))
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}

func (s sample) String() string {
	return fmt.Sprintf("%s (%s–%s)", seconds(s.median()), seconds(slices.Min(s)), seconds(slices.Max(s)))
}

// seconds writes a time with three digits that count.
func seconds(s float64) string {
	for _, unit := range []struct {
		name  string
		scale float64
	}{{"s", 1}, {"ms", 1e3}, {"µs", 1e6}} {
		if n := s * unit.scale; n >= 0.9995 {
			return digits(n) + " " + unit.name
		}
	}
	return digits(s*1e9) + " ns"
}

// digits writes a number with three digits that count, or with two if it is small.
func digits(n float64) string {
	if n <= 0 {
		return "0"
	}
	magnitude := int(math.Floor(math.Log10(n) + 1e-9))
	count := 2
	if magnitude < 0 {
		count = 1
	}
	return fmt.Sprintf("%.*f", max(0, count-magnitude), n)
}

// verdict says how a figure stands to its goal.
func verdict(met bool) string {
	if met {
		return "met"
	}
	return "**missed**"
}

// ratio compares medians: how many times b's the first took.
func ratio(a, b sample) float64 { return a.median() / b.median() }
