package plot

import (
	"github.com/interleave-lab/interleave/kernel-helpers/plot/internal/scene"
)

// bin is a bar of a histogram.
type bin struct {
	from, to float64
	count    int
}

type binLayer struct{ bins []bin }

func (l binLayer) draw(s *scene.Scene, area area) {
	for _, b := range l.bins {
		x, end, y := area.x(b.from), area.x(b.to), area.y(float64(b.count))
		if b.count > 0 {
			s.Add(scene.Rect{X: x + 0.5, Y: min(y, area.bottom-1), W: max(end-x-1, 1), H: max(area.bottom-y, 1), Style: scene.Style{Fill: seriesColor}})
		}
	}
}

func (l binLayer) series() object {
	if len(l.bins) == 0 {
		return nil
	}
	return object{
		"type": "custom", "name": "bins", "renderItem": "@draw/bin", "encode": object{"x": []any{0.0, 1.0}, "y": []any{2.0}},
		"data": list(l.bins, func(b bin) any { return []any{b.from, b.to, float64(b.count)} }),
	}
}
