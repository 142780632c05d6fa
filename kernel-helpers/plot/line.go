package plot

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
)

// Series is one line or one colour of dots: points with X and Y in their order. A
// value that is no number is a gap.
type Series struct {
	Name string
	X, Y []float64 // of the same length
}

// Line returns a chart with a line through the points of each series; x and y are
// the names of the axes, with their units: "workers", "pages/s". At most 8 series.
//
// A line of more points than the chart has columns of pixels keeps the least and
// the largest of each column.
func Line(title, x, y string, series ...Series) *Chart {
	all, err := cleanSeries("Line", series)
	p := seriesPlane(x, y, all)
	for i, s := range all {
		points := s.points()
		p.layers = append(p.layers, lineLayer{
			name: s.Name, color: i + 1, dots: len(points) <= mostMarked, points: thinLine(points, p.x),
		})
		p.legend = append(p.legend, LegendItem{Mark: LineMark, Color: i + 1, Label: s.Name})
	}
	return p.seriesChart("line", title, all, lineFinding(p, all), err)
}

// mostMarked is up to how many points a line marks each.
const mostMarked = 30

// lineFinding says where a line is lowest and highest, or which of several ends
// highest.
func lineFinding(p plane, all []Series) string {
	if len(all) == 1 {
		return peakFinding(p, all[0])
	}
	type end struct {
		name string
		at   float64
	}
	var ends []end
	for _, s := range all {
		for i := len(s.Y) - 1; i >= 0; i-- {
			if drawing.IsNumber(s.X[i]) && drawing.IsNumber(s.Y[i]) {
				ends = append(ends, end{s.Name, s.Y[i]})
				break
			}
		}
	}
	if len(ends) < 2 {
		return ""
	}
	byPlace := func(a, b end) int { return cmp.Compare(a.at, b.at) }
	least, most := slices.MinFunc(ends, byPlace), slices.MaxFunc(ends, byPlace)
	if least.at == most.at {
		return fmt.Sprintf("All end at %s.", p.y.text(most.at))
	}
	return fmt.Sprintf("At the end %s is %s (%s), %s %s (%s).", most.name, drawing.Superlative("high", len(ends)), p.y.text(most.at),
		least.name, drawing.Superlative("low", len(ends)), p.y.text(least.at))
}

func peakFinding(p plane, s Series) string {
	var points []point
	for _, q := range s.points() {
		if q.isNumber() {
			points = append(points, q)
		}
	}
	if len(points) < 2 {
		return ""
	}
	byHeight := func(a, b point) int { return cmp.Compare(a.y, b.y) }
	least, most := slices.MinFunc(points, byHeight), slices.MaxFunc(points, byHeight)
	if least.y == most.y {
		return fmt.Sprintf("Always %s.", p.y.text(most.y))
	}
	return fmt.Sprintf("Lowest, %s, at %s; highest, %s, at %s.", p.y.text(least.y), p.x.text(least.x), p.y.text(most.y), p.x.text(most.x))
}

// thinLine keeps of each column of pixels the first point, the lowest, the highest
// and the last, which is all that can be seen.
func thinLine(points []point, x axis) []point {
	const columns = drawing.FullWidth
	if len(points) <= 4*columns {
		return points
	}
	column := func(p point) int { return int((p.x - x.from) / (x.to - x.from) * columns) }
	var kept []point
	for start := 0; start < len(points); {
		if !points[start].isNumber() {
			kept = append(kept, points[start]) // one gap is as good as many
			for start < len(points) && !points[start].isNumber() {
				start++
			}
			continue
		}
		end, least, most := start+1, start, start
		for end < len(points) && points[end].isNumber() && column(points[end]) == column(points[start]) {
			if points[end].y < points[least].y {
				least = end
			}
			if points[end].y > points[most].y {
				most = end
			}
			end++
		}
		last := -1
		for _, i := range []int{start, min(least, most), max(least, most), end - 1} {
			if i > last {
				kept = append(kept, points[i])
				last = i
			}
		}
		start = end
	}
	return kept
}

// axisText is what a sentence calls an axis.
func axisText(name, otherwise string) string {
	if name = strings.TrimSpace(name); name != "" {
		return name
	}
	return otherwise
}
