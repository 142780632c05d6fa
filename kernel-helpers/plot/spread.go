package plot

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
)

// Sample is one case that was run several times.
type Sample struct {
	Label string
	Times []time.Duration
}

// Spread returns a chart with a row for each case: every run a dot, the median a
// mark, and around it the interval that holds the true median with a confidence of
// 95% (of all there is, for fewer than 6 runs). The subtitle compares the first case
// with the fastest, if their intervals tell them apart.
func Spread(title string, cases ...Sample) *Chart {
	labels := make([]string, len(cases))
	medians := make([]drawing.Amount, len(cases))
	intervals := make([]interval, 0, len(cases))
	var runs []run
	var all []float64
	for row, c := range cases {
		labels[row] = drawing.CleanText(c.Label)
		sorted := make([]float64, len(c.Times))
		for i, d := range c.Times {
			sorted[i] = float64(d)
			runs = append(runs, run{row, float64(d), jitter(i)})
		}
		all = append(all, sorted...)
		slices.Sort(sorted)
		medians[row] = drawing.Amount{Label: labels[row], Value: math.NaN(), IsTime: true}
		if len(sorted) > 0 {
			i := medianInterval(sorted)
			i.at = float64(row)
			intervals = append(intervals, i)
			medians[row].Value = i.middle
		}
	}
	x := valueAxis("", true, all...)
	y := rowAxis(labels)
	p := plane{x: x, y: y, right: drawing.RightMargin, layers: []layer{
		intervalLayer{name: "median", color: 1, across: true, items: intervals},
		runLayer{thinRuns(runs, x)},
	}}
	if len(runs) > 0 {
		p.legend = []LegendItem{{Mark: DotMark, Color: 8, Label: "One run"}, {Mark: BandMark, Color: 1, Label: "Median and its 95% interval"}}
	}
	chart := p.chart("spread")
	chart.Title, chart.Subtitle = drawing.CleanText(title), compareMedians(medians, intervals)
	said := make([]string, len(medians))
	for i, m := range medians {
		said[i] = m.Label + " " + m.String()
	}
	chart.Text = drawing.Sentence(chart.Title, strings.Join(said, ", "), chart.Subtitle)
	chart.Table = spreadTable(cases, medians, intervals)
	return chart
}

// jitter sets the dots of a row apart, each in its place, below the interval of their row.
func jitter(run int) float64 {
	_, part := math.Modf(float64(run) * math.Phi) // spreads evenly, however many
	return 0.16 + 0.2*part
}

// medianInterval is the median of sorted values and the interval around it that
// holds the true one with a confidence of 95%: by ranks, so that nothing is assumed
// of how times are distributed.
func medianInterval(sorted []float64) interval {
	n := len(sorted)
	rank, tail, chance := 0, 0.0, math.Pow(0.5, float64(n)) // of no value below the median
	for rank < n/2 && tail+chance <= 0.025 {
		tail += chance
		chance *= float64(n-rank) / float64(rank+1)
		rank++
	}
	rank = max(rank, 1)
	return interval{low: sorted[rank-1], middle: (sorted[(n-1)/2] + sorted[n/2]) / 2, high: sorted[n-rank]}
}

// compareMedians is drawing.Compare, if the intervals of the first and the best case do not
// overlap.
func compareMedians(medians []drawing.Amount, intervals []interval) string {
	if len(medians) < 2 || len(intervals) < len(medians) {
		return ""
	}
	best := 1
	for i := range intervals[1:] {
		if intervals[i+1].middle < intervals[best].middle {
			best = i + 1
		}
	}
	first, other := intervals[0], intervals[best]
	if first.low <= other.high && other.low <= first.high {
		return fmt.Sprintf("%s and %s: no difference that these runs could show.", medians[0].Label, medians[best].Label)
	}
	return drawing.Compare(medians)
}

func spreadTable(cases []Sample, medians []drawing.Amount, intervals []interval) Table {
	table := Table{Header: []string{"Case", "Runs", "Median", "From", "To"}}
	next := 0
	for i, c := range cases {
		row := []string{medians[i].Label, fmt.Sprint(len(c.Times)), medians[i].String(), "", ""}
		if len(c.Times) > 0 {
			of := intervals[next]
			row[3], row[4] = FormatDuration(time.Duration(of.low)), FormatDuration(time.Duration(of.high))
			next++
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}
