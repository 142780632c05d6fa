package measure

import (
	"fmt"
	"strings"

	"github.com/interleave-lab/interleave/kernel-helpers/plot"
)

// Show draws the comparison under a title.
func (c *Comparison) Show(title string) error { return c.Chart(title).Show() }

// Chart returns the comparison as a chart: every time a dot, and the medians with
// their intervals.
func (c *Comparison) Chart(title string) *plot.Chart {
	var samples []plot.Sample
	for _, t := range c.Timings {
		samples = append(samples, plot.Sample{Label: t.label(), Times: t.Times})
	}
	chart := plot.Spread(title, samples...)
	chart.Subtitle, chart.Text = c.Finding(), c.text(title)
	return chart
}

// text tells the whole chart in words.
func (c *Comparison) text(title string) string {
	var each []string
	for _, t := range c.Timings {
		each = append(each, t.label()+" "+tellTime(t.Interval()))
	}
	if len(each) < 2 {
		return title + ": " + c.Finding()
	}
	return title + ": " + strings.Join(each, ", ") + ". " + c.Finding()
}

// label is the case's name and what is to be known of it.
func (t Timing) label() string {
	if t.Note == "" {
		return t.Name
	}
	return t.Name + " (" + t.Note + ")"
}

// Show draws the speed-up under a title.
func (s *Speedup) Show(title string) error { return s.Chart(title).Show() }

// Chart returns the speed-up as a chart: what was measured with its intervals, the
// ideal, and Amdahl's curve.
func (s *Speedup) Chart(title string) *plot.Chart {
	var points []plot.Speed
	for _, speed := range s.Speeds {
		points = append(points, plot.Speed{Workers: speed.Workers, Ratio: speed.Ratio.Median, Low: speed.Ratio.Low, High: speed.Ratio.High})
	}
	chart := plot.SpeedUp(title, points, s.Serial)
	chart.Subtitle, chart.Text = s.Finding(), s.text(title)
	return chart
}
func (s *Speedup) text(title string) string {
	var each []string
	for _, speed := range s.Speeds[1:] {
		ratio, interval := tellRatio(speed.Ratio)
		each = append(each, fmt.Sprintf("%s %s (%s)", tellWorkers(speed.Workers), ratio, interval))
	}
	if len(each) == 0 {
		return title + ": " + s.Finding()
	}
	return title + ", speed-up: " + strings.Join(each, ", ") + ". " + s.Finding()
}
