package plot

import (
	"fmt"
	"math"
	"strings"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
)

// mostSeries is how many colours the theme has.
const mostSeries = 8

func (s Series) points() []point {
	points := make([]point, len(s.X))
	for i := range points {
		points[i] = point{s.X[i], s.Y[i]}
	}
	return points
}

// cleanSeries returns series whose names can be drawn and whose X and Y are of one
// length.
func cleanSeries(function string, series []Series) (clean []Series, err error) {
	if len(series) > mostSeries {
		err = fmt.Errorf("plot: %s: %d series, and at most %d can be told apart; draw a chart for some of them", function, len(series), mostSeries)
		series = series[:mostSeries]
	}
	for _, s := range series {
		s.Name = drawing.CleanText(s.Name)
		if len(s.X) != len(s.Y) {
			err = fmt.Errorf("plot: %s: series %q has %d X and %d Y; each point needs both", function, s.Name, len(s.X), len(s.Y))
		}
		n := min(len(s.X), len(s.Y))
		s.X, s.Y = s.X[:n], s.Y[:n]
		clean = append(clean, s)
	}
	return clean, err
}

// seriesPlane is a plane without layers that has room for all points.
func seriesPlane(x, y string, all []Series) plane {
	var xs, ys []float64
	for _, s := range all {
		for i := range s.X {
			if drawing.IsNumber(s.X[i]) && drawing.IsNumber(s.Y[i]) {
				xs, ys = append(xs, s.X[i]), append(ys, s.Y[i])
			}
		}
	}
	return plane{x: valueAxis(drawing.CleanText(x), false, xs...), y: valueAxis(drawing.CleanText(y), false, ys...), right: drawing.RightMargin}
}

// seriesChart completes the chart of a plane whose layers show series.
func (p plane) seriesChart(kind, title string, all []Series, finding string, err error) *Chart {
	if len(p.legend) < 2 {
		p.legend = nil // nothing to tell apart
	}
	points, missing := 0, 0
	for _, s := range all {
		for _, q := range s.points() {
			points++
			if !q.isNumber() {
				missing++
			}
		}
	}
	if missing > 0 {
		finding = strings.TrimSpace(fmt.Sprintf("%s Not drawn: %s without a number.", finding, drawing.Plural(missing, "point")))
	}
	chart := p.chart(kind)
	chart.Title, chart.Subtitle = drawing.CleanText(title), finding
	drawing.Refuse(chart, err)
	data := drawing.Plural(points, "point")
	if len(all) > 1 {
		data += fmt.Sprintf(" in %d series", len(all))
	}
	chart.Text = drawing.Sentence(chart.Title, data+" of "+axisText(p.y.name, "y")+" against "+axisText(p.x.name, "x"), finding)
	chart.Table = seriesTable(p, all)
	return chart
}

// mostRows is how many rows of a table are written: nobody reads more.
const mostRows = 200

// seriesTable has a row for each point, or for points evenly apart if there are
// many.
func seriesTable(p plane, all []Series) Table {
	table := Table{Header: []string{axisText(p.x.name, "x"), axisText(p.y.name, "y")}}
	if len(all) > 1 {
		table.Header = append([]string{"Series"}, table.Header...)
	}
	total := 0
	for _, s := range all {
		total += len(s.X)
	}
	every := max(1, int(math.Ceil(float64(total)/mostRows)))
	for _, s := range all {
		for i := 0; i < len(s.X); i += every {
			row := []string{p.x.text(s.X[i]), p.y.text(s.Y[i])}
			if len(all) > 1 {
				row = append([]string{s.Name}, row...)
			}
			table.Rows = append(table.Rows, row)
		}
	}
	return table
}
