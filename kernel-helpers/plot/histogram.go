package plot

import (
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
)

// Durations returns a histogram of how long something took each time, with its
// median and its slowest hundredth marked.
func Durations(title string, values ...time.Duration) *Chart {
	nanoseconds := make([]float64, len(values))
	for i, d := range values {
		nanoseconds[i] = float64(d)
	}
	return histogram(title, axis{isTime: true}, nanoseconds)
}

// Histogram returns a chart of how often values occur, counted in ranges of equal
// width; unit names their axis, such as "pages/s". Values that are no numbers are
// left out, and said to be.
func Histogram(title string, unit string, values ...float64) *Chart {
	return histogram(title, axis{name: drawing.CleanText(unit)}, values)
}

func histogram(title string, of axis, values []float64) *Chart {
	sorted := make([]float64, 0, len(values))
	for _, v := range values {
		if drawing.IsNumber(v) {
			sorted = append(sorted, v)
		}
	}
	slices.Sort(sorted)
	bins := count(sorted, of.isTime)
	counts := []float64{0}
	for _, b := range bins {
		counts = append(counts, float64(b.count))
	}
	p := plane{x: valueAxis(of.name, of.isTime, sorted...), y: valueAxis("how many", false, counts...), right: drawing.RightMargin}
	if len(bins) > 0 {
		p.x = axisOver(of.name, of.isTime, bins[0].from, bins[len(bins)-1].to)
	}
	p.y.step = max(1, p.y.step) // counts
	p.y.to = p.y.step * math.Ceil(p.y.to/p.y.step)

	chart := plane{x: p.x, y: p.y, right: p.right, layers: []layer{binLayer{bins}, ruleLayer{quantiles(p.x, sorted)}}}.chart("histogram")
	chart.Title = drawing.CleanText(title)
	chart.Subtitle = spreadFinding(p.x, sorted)
	if missing := len(values) - len(sorted); missing > 0 {
		chart.Subtitle += fmt.Sprintf(" Not drawn: %s without a number.", drawing.Plural(missing, "value"))
	}
	chart.Text = drawing.Sentence(chart.Title, drawing.Plural(len(sorted), "value"), chart.Subtitle)
	chart.Table.Header = []string{"From", "To", "How many"}
	for _, b := range bins {
		chart.Table.Rows = append(chart.Table.Rows, []string{p.x.text(b.from), p.x.text(b.to), drawing.GroupThousands(fmt.Sprint(b.count))})
	}
	return chart
}

// count sorts values into at most 60 bins whose edges are ticks' values. Their width
// is that of Freedman and Diaconis: twice the middle half of the values over the cube
// root of their number.
func count(sorted []float64, isTime bool) []bin {
	const least, most = 8, 60
	if len(sorted) == 0 {
		return nil
	}
	first, last := sorted[0], sorted[len(sorted)-1]
	span := last - first
	if span == 0 {
		span = max(math.Abs(first)/10, 1)
	}
	width := 2 * (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / math.Cbrt(float64(len(sorted)))
	parts := min(max(span/max(width, span/most), least), most)
	step := drawing.NiceStep(8 * span / parts) // which divides its argument by 8
	if isTime {
		step = max(1, step)
	}
	start := math.Floor(first/step + 1e-9)
	bins := make([]bin, int(math.Floor(last/step+1e-9)-start)+1)
	for i := range bins {
		bins[i].from, bins[i].to = (start+float64(i))*step, (start+float64(i)+1)*step
	}
	for _, v := range sorted {
		bins[min(max(int(math.Floor(v/step+1e-9)-start), 0), len(bins)-1)].count++
	}
	return bins
}

// quantile is the value below which a share of sorted values lies.
func quantile(sorted []float64, share float64) float64 {
	return sorted[max(0, int(math.Ceil(share*float64(len(sorted))))-1)]
}

func quantiles(x axis, sorted []float64) []rule {
	if len(sorted) < 3 {
		return nil
	}
	middle := quantile(sorted, 0.5)
	rules := []rule{{middle, "median " + x.text(middle)}}
	if len(sorted) >= 100 {
		slow := quantile(sorted, 0.99)
		rules = append(rules, rule{slow, "99% within " + x.text(slow)})
	}
	return rules
}

// spreadFinding says where the values lie.
func spreadFinding(x axis, sorted []float64) string {
	switch n := len(sorted); {
	case n == 0:
		return "No values."
	case sorted[0] == sorted[n-1]:
		return fmt.Sprintf("Always %s.", x.text(sorted[0]))
	case n < 100:
		return fmt.Sprintf("Half are within %s; the largest is %s.", x.text(quantile(sorted, 0.5)), x.text(sorted[n-1]))
	default:
		return fmt.Sprintf("Half are within %s, 99%% within %s; the largest is %s.", x.text(quantile(sorted, 0.5)), x.text(quantile(sorted, 0.99)), x.text(sorted[n-1]))
	}
}
