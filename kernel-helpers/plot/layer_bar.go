package plot

import (
	"math"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing/scene"
)

const (
	rowHeight    = 36  // of a row of a category axis
	barThickness = 22  // of the bar in it
	valueColumn  = 110 // room for a value beside the longest bar
)

// barLayer draws a bar for each value, in the row of its index, with its text
// beside it.
type barLayer struct{ values []drawing.Amount }

func (l barLayer) draw(s *scene.Scene, area drawing.Area) {
	for i, v := range l.values {
		x, y := area.X(0), area.Y(float64(i))
		if drawing.IsNumber(v.Value) {
			end := area.X(v.Value)
			s.Add(scene.Rect{X: min(x, end), Y: y - barThickness/2, W: math.Abs(end - x), H: barThickness, Radius: 2, Style: scene.Style{Fill: drawing.SeriesColors[0]}})
			x = max(x, end)
		}
		s.Add(scene.Text{X: x + 6, Y: y + 4, Size: drawing.LabelSize, Color: drawing.TextColor, String: drawing.Fit(v.String(), drawing.LabelSize, false, valueColumn)})
	}
}

// series carries each value as text too, so that every form of the chart shows the
// same.
func (l barLayer) series() drawing.Object {
	if len(l.values) == 0 {
		return nil
	}
	return drawing.Object{
		"type": "bar", "name": "values", "barWidth": float64(barThickness),
		"itemStyle": drawing.Object{"color": "@color/series-1"},
		"label":     drawing.Object{"show": true, "position": "right", "fontSize": float64(drawing.LabelSize), "formatter": "@draw/value"},
		"data": drawing.List(l.values, func(v drawing.Amount) any {
			item := drawing.Object{"name": drawing.Literal(v.Label), "value": v.Value, "text": drawing.Literal(v.String())}
			if !drawing.IsNumber(v.Value) {
				item["value"] = "-" // ECharts' word for a missing value
			}
			return item
		}),
	}
}
