package plot

import (
	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing/scene"
)

// bin is a bar of a histogram.
type bin struct {
	from, to float64
	count    int
}

type binLayer struct{ bins []bin }

func (l binLayer) draw(s *scene.Scene, area drawing.Area) {
	for _, b := range l.bins {
		x, end, y := area.X(b.from), area.X(b.to), area.Y(float64(b.count))
		if b.count > 0 {
			s.Add(scene.Rect{X: x + 0.5, Y: min(y, area.Bottom-1), W: max(end-x-1, 1), H: max(area.Bottom-y, 1), Style: scene.Style{Fill: drawing.SeriesColors[0]}})
		}
	}
}

func (l binLayer) series() drawing.Object {
	if len(l.bins) == 0 {
		return nil
	}
	return drawing.Object{
		"type": "custom", "name": "bins", "renderItem": "@draw/bin", "encode": drawing.Object{"x": []any{0.0, 1.0}, "y": []any{2.0}},
		"data": drawing.List(l.bins, func(b bin) any { return []any{b.from, b.to, float64(b.count)} }),
	}
}
