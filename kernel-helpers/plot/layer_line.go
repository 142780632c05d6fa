package plot

import (
	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing/scene"
)

// lineLayer connects points; one that is no number is a gap.
type lineLayer struct {
	name   string
	color  int // of the theme's series, from 1
	dashed bool
	dots   bool // mark the points
	points []point
}

func (l lineLayer) draw(s *scene.Scene, area drawing.Area) {
	ink := drawing.SeriesColors[l.color-1]
	for _, piece := range pieces(l.points) {
		places := placed(piece, area)
		s.Add(scene.Line{Points: places, Width: drawing.LineWidth, Dashed: l.dashed, Color: ink})
		if l.dots || len(piece) == 1 { // a point that stands alone has no line
			s.Add(scene.Dots{Points: places, Radius: drawing.DotRadius, Alpha: 1, Color: ink})
		}
	}
}

// pieces cuts points where one is no number.
func pieces(points []point) (all [][]point) {
	start := 0
	for i := 0; i <= len(points); i++ {
		if i < len(points) && points[i].isNumber() {
			continue
		}
		if i > start {
			all = append(all, points[start:i])
		}
		start = i + 1
	}
	return all
}

func (l lineLayer) series() drawing.Object {
	if len(l.points) == 0 {
		return nil
	}
	style := drawing.Object{"width": float64(drawing.LineWidth), "color": seriesName(l.color)}
	if l.dashed {
		style["type"] = "dashed"
	}
	return drawing.Object{
		"type": "line", "name": drawing.Literal(l.name), "color": seriesName(l.color), "lineStyle": style,
		"symbol": "circle", "symbolSize": float64(2 * drawing.DotRadius), "showSymbol": l.dots || len(l.points) == 1,
		"data": drawing.List(l.points, func(p point) any {
			if !p.isNumber() {
				return []any{"-", "-"} // ECharts' word for a missing value
			}
			return pair(p)
		}),
	}
}
