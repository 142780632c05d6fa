package plot

import (
	"fmt"
	"math"
	"strings"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
)

// Scatter returns a chart with a dot for each point of each series; x and y are the
// names of the axes, with their units. The finding says whether y goes with x. At
// most 8 series.
//
// Of dots that would lie on one another only one is drawn.
func Scatter(title, x, y string, series ...Series) *Chart {
	all, err := cleanSeries("Scatter", series)
	p := seriesPlane(x, y, all)
	for i, s := range all {
		p.layers = append(p.layers, dotLayer{name: s.Name, color: i + 1, radius: drawing.DotRadius + 0.5, alpha: 0.7, points: thinDots(s.points(), p.x, p.y)})
		p.legend = append(p.legend, LegendItem{Mark: DotMark, Color: i + 1, Label: s.Name})
	}
	var said []string
	for _, s := range all {
		if finding := relation(p, s); finding != "" && len(all) > 1 {
			said = append(said, s.Name+": "+finding)
		} else if finding != "" {
			said = append(said, finding)
		}
	}
	return p.seriesChart("scatter", title, all, strings.Join(said, " "), err)
}

// relation says whether y goes with x, by the coefficient of correlation.
func relation(p plane, s Series) string {
	n, meanX, meanY := 0.0, 0.0, 0.0
	for _, q := range s.points() {
		if q.isNumber() {
			n++
			meanX += (q.x - meanX) / n
			meanY += (q.y - meanY) / n
		}
	}
	var xx, yy, xy float64
	for _, q := range s.points() {
		if q.isNumber() {
			dx, dy := q.x-meanX, q.y-meanY
			xx, yy, xy = xx+dx*dx, yy+dy*dy, xy+dx*dy
		}
	}
	r := xy / math.Sqrt(xx*yy)
	if n < 3 || !drawing.IsNumber(r) {
		return ""
	}
	y, x := axisText(p.y.name, "y"), axisText(p.x.name, "x")
	switch {
	case r >= 0.3:
		return fmt.Sprintf("%s grows with %s (correlation %.2f).", y, x, r)
	case r <= -0.3:
		return fmt.Sprintf("%s falls as %s grows (correlation %.2f).", y, x, r)
	}
	return fmt.Sprintf("%s hardly goes with %s (correlation %.2f).", y, x, r)
}

// thinDots leaves out points that are no numbers, and keeps one of those that lie
// within a square of a few pixels where there are more than can be told apart.
func thinDots(points []point, x, y axis) []point {
	var drawn []point
	for _, p := range points {
		if p.isNumber() {
			drawn = append(drawn, p)
		}
	}
	all := drawn
	for side := 1.0; len(drawn) > mostDots; side *= 1.5 {
		taken := make(map[[2]int]bool)
		drawn = nil
		for _, p := range all {
			square := [2]int{
				int((p.x - x.from) / (x.to - x.from) * drawing.FullWidth / side),
				int((p.y - y.from) / (y.to - y.from) * planeHeight / side),
			}
			if !taken[square] {
				taken[square] = true
				drawn = append(drawn, p)
			}
		}
	}
	return drawn
}

// mostDots is how many dots of a series are drawn.
const mostDots = 4000
