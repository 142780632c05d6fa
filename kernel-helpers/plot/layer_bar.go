package plot

import (
	"math"

	"github.com/interleave-lab/interleave/kernel-helpers/plot/internal/scene"
)

const (
	rowHeight    = 36  // of a row of a category axis
	barThickness = 22  // of the bar in it
	valueColumn  = 110 // room for a value beside the longest bar
)

// barLayer draws a bar for each value, in the row of its index, with its text
// beside it.
type barLayer struct{ values []Value }

func (l barLayer) draw(s *scene.Scene, area area) {
	for i, v := range l.values {
		x, y := area.x(0), area.y(float64(i))
		if isNumber(v.value) {
			end := area.x(v.value)
			s.Add(scene.Rect{X: min(x, end), Y: y - barThickness/2, W: math.Abs(end - x), H: barThickness, Radius: 2, Style: scene.Style{Fill: seriesColor}})
			x = max(x, end)
		}
		s.Add(scene.Text{X: x + 6, Y: y + 4, Size: labelSize, Color: textColor, String: fit(v.String(), labelSize, false, valueColumn)})
	}
}

// series carries each value as text too, so that every form of the chart shows the
// same.
func (l barLayer) series() object {
	if len(l.values) == 0 {
		return nil
	}
	return object{
		"type": "bar", "name": "values", "barWidth": float64(barThickness),
		"itemStyle": object{"color": "@color/series-1"},
		"label":     object{"show": true, "position": "right", "fontSize": float64(labelSize), "formatter": "@draw/value"},
		"data": list(l.values, func(v Value) any {
			item := object{"name": literal(v.label), "value": v.value, "text": literal(v.String())}
			if !isNumber(v.value) {
				item["value"] = "-" // ECharts' word for a missing value
			}
			return item
		}),
	}
}
