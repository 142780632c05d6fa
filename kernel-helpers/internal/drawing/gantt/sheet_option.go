package gantt

import (
	"math"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
)

// option describes the sheet for ECharts. Lists that would be empty are left out:
// the kernel would turn them into null.
func (s sheet) option() drawing.Object {
	rows := s.rows()
	_, width := s.labels()
	y := drawing.Object{
		"type": "category", "inverse": true,
		"axisLine":  drawing.Object{"show": false},
		"splitLine": drawing.Object{"show": true},
		"axisLabel": drawing.Object{"fontWeight": "bold", "margin": float64(drawing.LabelMargin), "interval": float64(labelEvery(s.lanes()) - 1)},
	}
	if len(rows) > 0 {
		y["data"], y["splitArea"] = s.categories()
	}
	x := drawing.Object{
		"type": "value", "min": 0.0, "max": nanoseconds(s.wall), "splitNumber": 6.0,
		"axisLabel": drawing.Object{"formatter": "@draw/duration", "hideOverlap": true, "showMaxLabel": true}, // how long it took
	}
	if s.wall >= time.Minute { // ECharts would count in tens; the extension adapts it to the zoom
		x["interval"] = nanoseconds(drawing.TickStep(s.wall))
	}
	zoom := []any{drawing.Object{"type": "slider", "filterMode": "weakFilter", "height": 14.0, "bottom": 4.0}, drawing.Object{"type": "inside", "filterMode": "weakFilter"}}
	tooltip := "@draw/timeline-tooltip"
	if s.steps() {
		x, zoom, tooltip = s.orderAxis(), zoom[1:], "@draw/step-tooltip"
	}
	return drawing.Object{
		"grid": drawing.Object{
			"left": float64(int(math.Ceil(width)) + drawing.LabelMargin), "right": s.rightMargin(),
			"top": 0.0, "bottom": float64(drawing.AxisHeight + s.zoomHeight()),
		},
		"xAxis":    x,
		"yAxis":    y,
		"dataZoom": zoom,
		"tooltip":  drawing.Object{"trigger": "item", "formatter": tooltip},
		"series":   s.series(),
	}
}

// categories are the vertical axis' labels, locks in their own colour, and the bands
// behind their rows.
func (s sheet) categories() (categories []any, bands drawing.Object) {
	labels, _ := s.labels()
	colors := make([]any, len(labels))
	categories = make([]any, len(labels))
	for i, row := range s.rows() {
		category := drawing.Object{"value": drawing.Literal(labels[i])}
		colors[i] = "transparent"
		switch row.kind {
		case drawing.Lock:
			colors[i] = "@color/band"
			category["textStyle"] = drawing.Object{"color": "@color/lock-edge"}
		case strip:
			category["textStyle"] = drawing.Object{"color": "@color/muted"}
		}
		categories[i] = category
	}
	return categories, drawing.Object{"show": true, "areaStyle": drawing.Object{"color": colors}}
}

// series are the spans, the strips, the chains and the arrows of all parts.
func (s sheet) series() []any {
	spans := drawing.CustomSeries("spans", "@draw/timeline-span", 2, []any{1.0, 2.0}, []any{0.0})
	strips := drawing.CustomSeries("strip", "@draw/timeline-strip", 2, []any{2.0, 3.0}, []any{0.0})
	path := drawing.CustomSeries("longest chain", "@draw/timeline-path", 2, []any{1.0, 2.0}, []any{0.0})
	arrows := drawing.CustomSeries("arrows", "@draw/timeline-arrow", 3, []any{2.0}, []any{0.0, 1.0})
	var spanData, stripData, pathData, arrowData []any
	for i, row := range s.rows() {
		for _, span := range row.lane.Spans {
			spanData = append(spanData, []any{
				float64(i), nanoseconds(span.Start), nanoseconds(span.End),
				string(span.State), drawing.Literal(span.Label), drawing.Literal(span.Detail),
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
		for _, step := range t.Path {
			pathData = append(pathData, []any{float64(laneRow + step.Lane), nanoseconds(step.Start), nanoseconds(step.End)})
		}
		for _, a := range t.Arrows {
			arrowData = append(arrowData, []any{float64(laneRow + a.From), float64(laneRow + a.To), nanoseconds(a.At), drawing.Literal(a.Detail)})
		}
	}
	var series []any
	for _, part := range []struct {
		series drawing.Object
		data   []any
	}{{spans, spanData}, {strips, stripData}, {path, pathData}, {arrows, arrowData}} {
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

// rightMargin has room for half of the last tick's label, and for the name of the
// line in a strip.
func (s sheet) rightMargin() float64 {
	for _, t := range s.parts {
		if len(t.Strip) > 0 && t.Cores > 0 {
			return 60
		}
	}
	return drawing.RightMargin
}

func nanoseconds(d time.Duration) float64 { return float64(d) }
