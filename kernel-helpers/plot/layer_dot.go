package plot

import (
	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing/scene"
)

// dotLayer draws a dot at each point.
type dotLayer struct {
	name   string
	color  int
	radius float64
	alpha  float64
	points []point
}

func (l dotLayer) draw(s *scene.Scene, area drawing.Area) {
	s.Add(scene.Dots{Points: placed(l.points, area), Radius: l.radius, Alpha: l.alpha, Color: drawing.SeriesColors[l.color-1]})
}

func (l dotLayer) series() drawing.Object {
	if len(l.points) == 0 {
		return nil
	}
	return drawing.Object{
		"type": "scatter", "name": drawing.Literal(l.name), "symbolSize": 2 * l.radius,
		"itemStyle": drawing.Object{"color": seriesName(l.color), "opacity": l.alpha},
		"data":      drawing.List(l.points, pair),
	}
}
