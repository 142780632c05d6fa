package drawing

import (
	"math"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing/scene"
)

// LegendHeight is the room that a legend takes, in CSS pixels.
const LegendHeight = 28

// How series are drawn, in CSS pixels.
const (
	LineWidth = 2
	DotRadius = 3
	Whisker   = 4 // half of the stroke at the end of an upright interval
	TickWidth = 3 // of the mark in the middle of an interval that lies in a row
)

// Legend draws a swatch and a word for each item.
func Legend(s *scene.Scene, items []LegendItem, top float64) {
	const width, height, gap = 22, 12, 22
	x := float64(Margin)
	for _, item := range items {
		swatch := scene.Rect{X: x, Y: top, W: width, H: height}
		if item.State != "" {
			look := Looks[item.State]
			swatch.H = math.Max(math.Round(look.Height*height), LineHeight)
			swatch.Y += (height - swatch.H) / 2
			swatch.Radius, swatch.Style = 2, look.Style
			s.Add(swatch)
		} else {
			drawMark(s, item.Mark, SeriesColors[item.Color-1], swatch)
		}
		label := Fit(item.Label, LabelSize, false, 240)
		s.Add(scene.Text{X: x + width + 6, Y: top + 10, Size: LabelSize, Color: TextColor, String: label})
		x += width + 6 + scene.TextWidth(label, LabelSize, false)*FontSlack + gap
	}
}

// drawMark draws what a series is drawn with into a swatch.
func drawMark(s *scene.Scene, mark Mark, ink scene.Color, swatch scene.Rect) {
	x, y, w, h := swatch.X, swatch.Y, swatch.W, swatch.H
	middle := scene.Point{X: x + w/2, Y: y + h/2}
	switch mark {
	case LineMark, DashMark:
		s.Add(scene.Line{Points: []scene.Point{{X: x + 1, Y: middle.Y}, {X: x + w - 1, Y: middle.Y}}, Width: LineWidth, Dashed: mark == DashMark, Color: ink})
	case DotMark:
		s.Add(scene.Dots{Points: []scene.Point{middle}, Radius: DotRadius + 1, Alpha: 1, Color: ink})
	case BandMark:
		s.Add(scene.Rect{X: x, Y: y, W: w, H: h, Radius: 2, Style: scene.Style{Fill: IntervalColor, Stroke: ink}},
			scene.Rect{X: middle.X - TickWidth/2.0, Y: y - 1, W: TickWidth, H: h + 2, Style: scene.Style{Fill: ink}})
	case WhiskerMark:
		s.Add(scene.Rect{X: middle.X - 0.75, Y: y, W: 1.5, H: h, Style: scene.Style{Fill: ink}},
			scene.Rect{X: middle.X - Whisker, Y: y, W: 2 * Whisker, H: 1.5, Style: scene.Style{Fill: ink}},
			scene.Rect{X: middle.X - Whisker, Y: y + h - 1.5, W: 2 * Whisker, H: 1.5, Style: scene.Style{Fill: ink}},
			scene.Dots{Points: []scene.Point{middle}, Radius: DotRadius, Alpha: 1, Color: ink})
	}
}
