package plot

import (
	"github.com/interleave-lab/interleave/kernel-helpers/plot/internal/scene"
)

// dotLayer draws a dot at each point.
type dotLayer struct {
	name   string
	color  int
	radius float64
	alpha  float64
	points []point
}

func (l dotLayer) draw(s *scene.Scene, area area) {
	s.Add(scene.Dots{Points: area.place(l.points), Radius: l.radius, Alpha: l.alpha, Color: seriesColors[l.color-1]})
}

func (l dotLayer) series() object {
	if len(l.points) == 0 {
		return nil
	}
	return object{
		"type": "scatter", "name": literal(l.name), "symbolSize": 2 * l.radius,
		"itemStyle": object{"color": seriesName(l.color), "opacity": l.alpha},
		"data":      list(l.points, pair),
	}
}
