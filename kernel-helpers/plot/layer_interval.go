package plot

import (
	"math"

	"github.com/interleave-lab/interleave/kernel-helpers/plot/internal/scene"
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

const (
	whisker   = 4  // half of the stroke at the end of an upright interval
	bandWidth = 12 // of an interval that lies in a row
	tickWidth = 3  // of the mark in its middle
)

func (l intervalLayer) draw(s *scene.Scene, area area) {
	ink := seriesColors[l.color-1]
	for _, i := range l.items {
		if l.across {
			low, high, y := area.x(i.low), area.x(i.high), math.Round(area.y(i.at-1.0/6))
			s.Add(
				scene.Rect{X: low, Y: y - bandWidth/2, W: max(high-low, 1), H: bandWidth, Radius: 2, Style: scene.Style{Fill: intervalColor, Stroke: ink}},
				scene.Rect{X: area.x(i.middle) - tickWidth/2.0, Y: y - bandWidth/2 - 3, W: tickWidth, H: bandWidth + 6, Style: scene.Style{Fill: ink}},
			)
			continue
		}
		x, low, high := area.x(i.at), area.y(i.low), area.y(i.high)
		for _, stroke := range [][2]scene.Point{{{X: x, Y: low}, {X: x, Y: high}}, {{X: x - whisker, Y: low}, {X: x + whisker, Y: low}}, {{X: x - whisker, Y: high}, {X: x + whisker, Y: high}}} {
			s.Add(scene.Line{Points: stroke[:], Width: 1.5, Color: ink})
		}
	}
}

func (l intervalLayer) series() object {
	if len(l.items) == 0 {
		return nil
	}
	render, x, y := "@draw/interval", []any{0.0}, []any{1.0, 3.0}
	if l.across {
		render, x, y = "@draw/band", y, x
	}
	return object{
		"type": "custom", "name": literal(l.name), "renderItem": render, "encode": object{"x": x, "y": y},
		"itemStyle": object{"color": seriesName(l.color)},
		"data":      list(l.items, func(i interval) any { return []any{i.at, i.low, i.middle, i.high} }),
	}
}
