package plot

import (
	"math"

	"github.com/interleave-lab/interleave/kernel-helpers/plot/internal/scene"
)

// rule is an upright line at a value, with a label at its top.
type rule struct {
	at    float64
	label string
}

type ruleLayer struct{ rules []rule }

func (l ruleLayer) draw(s *scene.Scene, area area) {
	row, end := 0, math.Inf(-1)
	for _, r := range l.rules {
		x := area.x(r.at)
		if row++; x > end {
			row = 0 // beside the one before, not below it
		}
		width := scene.TextWidth(r.label, tickSize, false) * fontSlack
		anchor, gap := scene.Start, 4.0
		if x+width+8 > area.right {
			anchor, gap = scene.End, -4
		} else {
			end = x + width + 8
		}
		s.Add(
			scene.Line{Points: []scene.Point{{X: x, Y: area.top}, {X: x, Y: area.bottom}}, Width: 1.5, Dashed: true, Color: textColor},
			scene.Text{X: x + gap, Y: area.top + 11 + float64(13*row), Size: tickSize, Anchor: anchor, Color: textColor, String: r.label},
		)
	}
}

func (l ruleLayer) series() object {
	if len(l.rules) == 0 {
		return nil
	}
	return object{
		"type": "custom", "name": "rules", "renderItem": "@draw/rule", "encode": object{"x": []any{0.0}}, "silent": true, "z": 4.0,
		"data": list(l.rules, func(r rule) any { return []any{r.at, r.label} }),
	}
}
