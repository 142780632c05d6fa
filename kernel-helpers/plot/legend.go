package plot

import (
	"math"

	"github.com/interleave-lab/interleave/kernel-helpers/plot/internal/scene"
)

const legendHeight = 28

// drawLegend draws a swatch and a word for each item.
func drawLegend(s *scene.Scene, items []LegendItem, top float64) {
	const width, height, gap = 22, 12, 22
	x := float64(margin)
	for _, item := range items {
		swatch := scene.Rect{X: x, Y: top, W: width, H: height}
		if item.State != "" {
			look := looks[item.State]
			swatch.H = math.Max(math.Round(look.height*height), lineHeight)
			swatch.Y += (height - swatch.H) / 2
			swatch.Radius, swatch.Style = 2, look.style
			s.Add(swatch)
		} else {
			drawMark(s, item.Mark, seriesColors[item.Color-1], swatch)
		}
		label := fit(item.Label, labelSize, false, 240)
		s.Add(scene.Text{X: x + width + 6, Y: top + 10, Size: labelSize, Color: textColor, String: label})
		x += width + 6 + scene.TextWidth(label, labelSize, false)*fontSlack + gap
	}
}

// drawMark draws what a series is drawn with into a swatch.
func drawMark(s *scene.Scene, mark Mark, ink scene.Color, swatch scene.Rect) {
	x, y, w, h := swatch.X, swatch.Y, swatch.W, swatch.H
	middle := scene.Point{X: x + w/2, Y: y + h/2}
	switch mark {
	case LineMark, DashMark:
		s.Add(scene.Line{Points: []scene.Point{{X: x + 1, Y: middle.Y}, {X: x + w - 1, Y: middle.Y}}, Width: lineWidth, Dashed: mark == DashMark, Color: ink})
	case DotMark:
		s.Add(scene.Dots{Points: []scene.Point{middle}, Radius: dotRadius + 1, Alpha: 1, Color: ink})
	case BandMark:
		s.Add(scene.Rect{X: x, Y: y, W: w, H: h, Radius: 2, Style: scene.Style{Fill: intervalColor, Stroke: ink}},
			scene.Rect{X: middle.X - tickWidth/2.0, Y: y - 1, W: tickWidth, H: h + 2, Style: scene.Style{Fill: ink}})
	case WhiskerMark:
		s.Add(scene.Rect{X: middle.X - 0.75, Y: y, W: 1.5, H: h, Style: scene.Style{Fill: ink}},
			scene.Rect{X: middle.X - whisker, Y: y, W: 2 * whisker, H: 1.5, Style: scene.Style{Fill: ink}},
			scene.Rect{X: middle.X - whisker, Y: y + h - 1.5, W: 2 * whisker, H: 1.5, Style: scene.Style{Fill: ink}},
			scene.Dots{Points: []scene.Point{middle}, Radius: dotRadius, Alpha: 1, Color: ink})
	}
}
