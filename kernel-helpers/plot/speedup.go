package plot

import (
	"fmt"
	"math"
	"strings"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
)

// Speed is how many times as fast as one worker some workers are.
type Speed struct {
	Workers   int
	Ratio     float64
	Low, High float64 // the interval around Ratio; both 0: none
}

// SpeedUp returns a chart of speed-up against workers: what was measured, with its
// intervals, the ideal (n workers are n times as fast), and the curve of Amdahl's
// law for the part of the work that only one worker at a time can do, 0 to 1. A
// serial part that is NaN has no curve.
//
// See Gene Amdahl, "Validity of the single processor approach to achieving large
// scale computing capabilities", 1967.
func SpeedUp(title string, points []Speed, serial float64) *Chart {
	most := 1
	var measured []point
	var intervals []interval
	highest := []float64{0}
	var best Speed
	for _, s := range points {
		if s.Workers < 1 || !drawing.IsNumber(s.Ratio) {
			continue
		}
		at := float64(s.Workers)
		most = max(most, s.Workers)
		measured = append(measured, point{at, s.Ratio})
		highest = append(highest, s.Ratio)
		if s.High > s.Low && drawing.IsNumber(s.Low) && drawing.IsNumber(s.High) {
			intervals = append(intervals, interval{at, s.Low, s.Ratio, s.High})
			highest = append(highest, s.High)
		}
		if s.Ratio > best.Ratio {
			best = s
		}
	}
	hasCurve := serial >= 0 && serial <= 1
	_, top := extent(highest)
	top = max(top, 1)
	if hasCurve {
		top = max(top, 1/(serial+(1-serial)/float64(most)))
	}
	// The ideal goes up to where it leaves the picture: what was measured needs the room.
	top = min(1.2*top, max(float64(most), top))

	p := plane{x: axisOver("workers", false, 0, float64(most)), y: axisOver("times as fast as one worker", false, 0, top), right: drawing.RightMargin}
	p.x.step = max(1, p.x.step)
	p.x.to = p.x.step * math.Ceil(p.x.to/p.x.step)
	until := min(float64(most), p.y.to)
	p.layers = append(p.layers, lineLayer{name: "ideal", color: 8, dashed: true, points: []point{{1, 1}, {until, until}}})
	p.legend = append(p.legend, LegendItem{Mark: WhiskerMark, Color: 1, Label: "Measured"}, LegendItem{Mark: DashMark, Color: 8, Label: "Ideal"})
	if hasCurve {
		p.layers = append(p.layers, lineLayer{name: "Amdahl's law", color: 2, points: amdahl(serial, most)})
		p.legend = append(p.legend, LegendItem{Mark: LineMark, Color: 2, Label: "Amdahl's law, " + drawing.Percent(serial) + " serial"})
	}
	p.layers = append(p.layers,
		intervalLayer{name: "measured", color: 1, items: intervals},
		dotLayer{name: "measured", color: 1, radius: drawing.DotRadius + 1, alpha: 1, points: measured})

	chart := p.chart("speedup")
	chart.Title = drawing.CleanText(title)
	if len(measured) > 0 {
		chart.Subtitle = fmt.Sprintf("%s times as fast with %s", drawing.Times(best.Ratio), drawing.Plural(best.Workers, "worker"))
		if hasCurve {
			chart.Subtitle += fmt.Sprintf("; Amdahl's law fits a serial part of %s", drawing.Percent(serial))
		}
		chart.Subtitle += "."
	}
	chart.Table.Header = []string{"Workers", "Times as fast", "From", "To"}
	var said []string
	for _, s := range points {
		row := []string{fmt.Sprint(s.Workers), drawing.FormatNumber(s.Ratio), "", ""}
		if s.High > s.Low {
			row[2], row[3] = drawing.FormatNumber(s.Low), drawing.FormatNumber(s.High)
		}
		chart.Table.Rows = append(chart.Table.Rows, row)
		said = append(said, fmt.Sprintf("%s %s", drawing.Plural(s.Workers, "worker"), drawing.Times(s.Ratio)))
	}
	chart.Text = drawing.Sentence(chart.Title, strings.Join(said, ", "), chart.Subtitle)
	return chart
}

// amdahl is the speed-up of 1 to n workers if a part of the work is serial.
func amdahl(serial float64, n int) []point {
	const parts = 60
	points := make([]point, parts+1)
	for i := range points {
		workers := 1 + float64(n-1)*float64(i)/parts
		points[i] = point{workers, 1 / (serial + (1-serial)/workers)}
	}
	return points
}
