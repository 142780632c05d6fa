package plot

import (
	"math"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing/scene"
)

// rule is an upright line at a value, with a label at its top.
type rule struct {
	at    float64
	label string
}

type ruleLayer struct{ rules []rule }

func (l ruleLayer) draw(s *scene.Scene, area drawing.Area) {
	row, end := 0, math.Inf(-1)
	for _, r := range l.rules {
		x := area.X(r.at)
		if row++; x > end {
			row = 0 // beside the one before, not below it
		}
		width := scene.TextWidth(r.label, drawing.TickSize, false) * drawing.FontSlack
		anchor, gap := scene.Start, 4.0
		if x+width+8 > area.Right {
			anchor, gap = scene.End, -4
		} else {
			end = x + width + 8
		}
		s.Add(
			scene.Line{Points: []scene.Point{{X: x, Y: area.Top}, {X: x, Y: area.Bottom}}, Width: 1.5, Dashed: true, Color: drawing.TextColor},
			scene.Text{X: x + gap, Y: area.Top + 11 + float64(13*row), Size: drawing.TickSize, Anchor: anchor, Color: drawing.TextColor, String: r.label},
		)
	}
}

func (l ruleLayer) series() drawing.Object {
	if len(l.rules) == 0 {
		return nil
	}
	return drawing.Object{
		"type": "custom", "name": "rules", "renderItem": "@draw/rule", "encode": drawing.Object{"x": []any{0.0}}, "silent": true, "z": 4.0,
		"data": drawing.List(l.rules, func(r rule) any { return []any{r.at, r.label} }),
	}
}
