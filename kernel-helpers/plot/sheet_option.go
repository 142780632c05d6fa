package plot

import (
	"math"
	"time"
)

// option describes the sheet for ECharts. Lists that would be empty are left out:
// the kernel would turn them into null.
func (s sheet) option() object {
	rows := s.rows()
	_, width := s.labels()
	y := object{
		"type": "category", "inverse": true,
		"axisLine":  object{"show": false},
		"splitLine": object{"show": true},
		"axisLabel": object{"fontWeight": "bold", "margin": float64(labelMargin), "interval": float64(labelEvery(s.lanes()) - 1)},
	}
	if len(rows) > 0 {
		y["data"], y["splitArea"] = s.categories()
	}
	x := object{
		"type": "value", "min": 0.0, "max": nanoseconds(s.wall), "splitNumber": 6.0,
		"axisLabel": object{"formatter": "@draw/duration", "hideOverlap": true, "showMaxLabel": true}, // how long it took
	}
	if s.wall >= time.Minute { // ECharts would count in tens; the extension adapts it to the zoom
		x["interval"] = nanoseconds(tickStep(s.wall))
	}
	return object{
		"grid": object{
			"left": float64(int(math.Ceil(width)) + labelMargin), "right": s.rightMargin(),
			"top": 0.0, "bottom": float64(axisHeight + zoomHeight),
		},
		"xAxis":    x,
		"yAxis":    y,
		"dataZoom": []any{object{"type": "slider", "filterMode": "weakFilter", "height": 14.0, "bottom": 4.0}, object{"type": "inside", "filterMode": "weakFilter"}},
		"tooltip":  object{"trigger": "item", "formatter": "@draw/timeline-tooltip"},
		"series":   s.series(),
	}
}

// categories are the vertical axis' labels, locks in their own colour, and the bands
// behind their rows.
func (s sheet) categories() (categories []any, bands object) {
	labels, _ := s.labels()
	colors := make([]any, len(labels))
	categories = make([]any, len(labels))
	for i, row := range s.rows() {
		category := object{"value": literal(labels[i])}
		colors[i] = "transparent"
		switch row.kind {
		case Lock:
			colors[i] = "@color/band"
			category["textStyle"] = object{"color": "@color/lock-edge"}
		case strip:
			category["textStyle"] = object{"color": "@color/muted"}
		}
		categories[i] = category
	}
	return categories, object{"show": true, "areaStyle": object{"color": colors}}
}

// series are the spans, the strips and the arrows of all parts.
func (s sheet) series() []any {
	spans := customSeries("spans", "@draw/timeline-span", 2, []any{1.0, 2.0}, []any{0.0})
	strips := customSeries("strip", "@draw/timeline-strip", 2, []any{2.0, 3.0}, []any{0.0})
	arrows := customSeries("arrows", "@draw/timeline-arrow", 3, []any{2.0}, []any{0.0, 1.0})
	var spanData, stripData, arrowData []any
	for i, row := range s.rows() {
		for _, span := range row.lane.Spans {
			spanData = append(spanData, []any{
				float64(i), nanoseconds(span.Start), nanoseconds(span.End),
				string(span.State), literal(span.Label), literal(span.Detail),
			})
		}
	}
	for i, t := range s.parts {
		stripRow, laneRow := s.place(i)
		top := t.stripTop()
		for _, l := range t.stretches(pixelOf(s.wall)) {
			stripData = append(stripData, []any{
				float64(stripRow), float64(s.stripRows(t)), nanoseconds(l.start), nanoseconds(l.end),
				l.running, l.ready, top, float64(t.Cores),
			})
		}
		for _, a := range t.Arrows {
			arrowData = append(arrowData, []any{float64(laneRow + a.From), float64(laneRow + a.To), nanoseconds(a.At), literal(a.Detail)})
		}
	}
	var series []any
	for _, part := range []struct {
		series object
		data   []any
	}{{spans, spanData}, {strips, stripData}, {arrows, arrowData}} {
		if len(part.data) > 0 {
			part.series["data"] = part.data
			series = append(series, part.series)
		}
	}
	if series == nil {
		return []any{spans}
	}
	return series
}

// customSeries is a series that a function of the renderer draws, whose data items
// have their values for the axes in the elements x and y.
func customSeries(name, draw string, z float64, x, y []any) object {
	return object{"type": "custom", "name": name, "renderItem": draw, "z": z, "encode": object{"x": x, "y": y}}
}

// rightMargin has room for half of the last tick's label, and for the name of the
// line in a strip.
func (s sheet) rightMargin() float64 {
	for _, t := range s.parts {
		if len(t.Strip) > 0 && t.Cores > 0 {
			return 60
		}
	}
	return rightMargin
}

func nanoseconds(d time.Duration) float64 { return float64(d) }
