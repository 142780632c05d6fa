package plot

import (
	"strconv"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing/scene"
)

// layer is one series of a plane.
type layer interface {
	draw(s *scene.Scene, area drawing.Area)
	// series is the layer for ECharts; nil if it has nothing to draw.
	series() drawing.Object
}

// point is a place in a plane, in the values of its axes.
type point struct{ x, y float64 }

func (p point) isNumber() bool { return drawing.IsNumber(p.x) && drawing.IsNumber(p.y) }

// pair is the point for ECharts.
func pair(p point) any { return []any{p.x, p.y} }

// placed is where points are in a drawing.
func placed(points []point, a drawing.Area) []scene.Point {
	places := make([]scene.Point, len(points))
	for i, p := range points {
		places[i] = scene.Point{X: a.X(p.x), Y: a.Y(p.y)}
	}
	return places
}

// seriesName is the name of one of the theme's colours for series.
func seriesName(color int) string { return "@color/series-" + strconv.Itoa(color) }
