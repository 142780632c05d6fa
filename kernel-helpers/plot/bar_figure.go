package plot

import (
	"math"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/plot/internal/scene"
)

// barFigure draws horizontal bars.
type barFigure struct{ values []Value }

func (f barFigure) height() int { return barsHeight(len(f.values)) + axisHeight }

func (f barFigure) draw(s *scene.Scene, top float64) {
	labels, width := barLabels(f.values)
	from, to, step := valueRange(f.values)
	area := area{
		left: margin + math.Ceil(width) + labelMargin, right: staticWidth - margin - valueColumn,
		top: top, bottom: top + float64(barsHeight(len(f.values))),
		from: from, to: to,
	}
	f.drawAxis(s, area, step)
	for i, v := range f.values {
		middle := top + barRow*(float64(i)+0.5)
		s.Add(scene.Text{X: area.left - labelMargin, Y: middle + 4, Size: labelSize, Anchor: scene.End, Color: textColor, String: labels[i]})
		x := area.x(0)
		if v.isNumber() {
			end := area.x(v.value)
			s.Add(scene.Rect{X: min(x, end), Y: middle - barThickness/2, W: math.Abs(end - x), H: barThickness, Radius: 2, Style: scene.Style{Fill: seriesColor}})
			x = max(x, end)
		}
		s.Add(scene.Text{X: x + 6, Y: middle + 4, Size: labelSize, Color: textColor, String: fit(v.String(), labelSize, false, valueColumn)})
	}
	s.Add(scene.Rect{X: area.x(0) - 0.5, Y: area.top, W: 1, H: area.bottom - area.top, Style: scene.Style{Fill: mutedColor}})
}

func (f barFigure) drawAxis(s *scene.Scene, area area, step float64) {
	var values []float64
	var figures []string
	// Counted, since adding a step may change nothing about a huge number.
	for i := math.Ceil(area.from/step - 1e-9); i <= math.Floor(area.to/step+1e-9); i++ {
		at := i*step + 0 // -0 becomes 0
		label := tickNumber(at, step)
		if len(f.values) > 0 && f.values[0].time {
			label = tickLabel(time.Duration(math.Round(at)), time.Duration(area.to))
		}
		values = append(values, at)
		figures = append(figures, label)
	}
	ticks(s, area, values, figures)
}

// valueRange is the range of the axis and the distance of its ticks: from the tick
// at or below 0 and the least value to the one at or above the largest.
func valueRange(values []Value) (from, to, step float64) {
	for _, v := range values {
		if v.isNumber() {
			from, to = min(from, v.value), max(to, v.value)
		}
	}
	if from == to {
		to = from + 1
	}
	step = niceStep(to - from)
	return step * math.Floor(from/step+1e-9), step * math.Ceil(to/step-1e-9), step
}
