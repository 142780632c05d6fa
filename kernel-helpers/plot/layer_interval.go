package plot

import (
	"math"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing/scene"
)

// interval is a measured value and how sure it is.
type interval struct{ at, low, middle, high float64 }

// intervalLayer draws intervals: upright ones with whiskers, or, in a plane with
// rows, bars with a mark in the middle.
type intervalLayer struct {
	name   string
	color  int
	across bool // along the horizontal axis; at is the row
	items  []interval
}

const bandWidth = 12 // of an interval that lies in a row

func (l intervalLayer) draw(s *scene.Scene, area drawing.Area) {
	ink := drawing.SeriesColors[l.color-1]
	for _, i := range l.items {
		if l.across {
			low, high, y := area.X(i.low), area.X(i.high), math.Round(area.Y(i.at-1.0/6))
			s.Add(
				scene.Rect{X: low, Y: y - bandWidth/2, W: max(high-low, 1), H: bandWidth, Radius: 2, Style: scene.Style{Fill: drawing.IntervalColor, Stroke: ink}},
				scene.Rect{X: area.X(i.middle) - drawing.TickWidth/2.0, Y: y - bandWidth/2 - 3, W: drawing.TickWidth, H: bandWidth + 6, Style: scene.Style{Fill: ink}},
			)
			continue
		}
		x, low, high := area.X(i.at), area.Y(i.low), area.Y(i.high)
		for _, stroke := range [][2]scene.Point{{{X: x, Y: low}, {X: x, Y: high}}, {{X: x - drawing.Whisker, Y: low}, {X: x + drawing.Whisker, Y: low}}, {{X: x - drawing.Whisker, Y: high}, {X: x + drawing.Whisker, Y: high}}} {
			s.Add(scene.Line{Points: stroke[:], Width: 1.5, Color: ink})
		}
	}
}

func (l intervalLayer) series() drawing.Object {
	if len(l.items) == 0 {
		return nil
	}
	render, x, y := "@draw/interval", []any{0.0}, []any{1.0, 3.0}
	if l.across {
		render, x, y = "@draw/band", y, x
	}
	return drawing.Object{
		"type": "custom", "name": drawing.Literal(l.name), "renderItem": render, "encode": drawing.Object{"x": x, "y": y},
		"itemStyle": drawing.Object{"color": seriesName(l.color)},
		"data":      drawing.List(l.items, func(i interval) any { return []any{i.at, i.low, i.middle, i.high} }),
	}
}
