package plot

import (
	"math"
	"time"

	"github.com/go-echarts/go-echarts/v2/opts"
)

// timelineHeight is the height of the interactive drawing in CSS pixels.
func timelineHeight(lanes int) int {
	return max(lanes, 1)*laneHeight(lanes) + axisHeight + zoomHeight
}

// customSeries is a series that a function of the renderer draws. go-echarts'
// own type for it is in a package that links a template engine.
type customSeries struct {
	Type       string      `json:"type"`
	Name       string      `json:"name"`
	RenderItem string      `json:"renderItem"`
	Dimensions []dimension `json:"dimensions"`
	Encode     opts.Encode `json:"encode"`
	Clip       bool        `json:"clip"`
	Z          int         `json:"z"`
}

// dimension names one element of a data item. ECharts reads an "ordinal" one as
// text and everything else as a number.
type dimension struct {
	Name string `json:"name"`
	Type string `json:"type"`
}

// timelineOption describes t, cleaned and thinned, for ECharts.
func timelineOption(t Timeline) map[string]any {
	labels, width := laneLabels(t.Lanes)
	axis := valueAxis("@draw/duration")
	axis.Min, axis.Max = 0, int64(t.Wall)
	axis.AxisLabel.ShowMaxLabel = opts.Bool(t.Wall%tickStep(t.Wall) == 0)
	option := map[string]any{
		"animation": false,
		"grid": plain[map[string]any](opts.Grid{
			Left: pixels(int(math.Ceil(width)) + labelMargin), Right: pixels(rightMargin),
			Top: pixels(0), Bottom: pixels(axisHeight + zoomHeight),
		}),
		"tooltip":  tooltip("timeline-tooltip"),
		"xAxis":    plain[map[string]any](axis),
		"yAxis":    laneAxis(t.Lanes, labels),
		"dataZoom": zoom(),
	}
	series := []any{spanSeries(t)}
	if len(t.Arrows) > 0 {
		series = append(series, arrowSeries(t))
	}
	option["series"] = series
	return option
}

// laneLabels are the labels that stand beside the lanes, and the width that they
// need.
func laneLabels(lanes []Lane) (short []string, width float64) {
	labels := make([]string, len(lanes))
	for i, lane := range lanes {
		labels[i] = lane.Label
	}
	return labelColumn(labels, true, 200)
}

// laneAxis is the vertical axis: a category for each lane, bold labels, locks in
// their own colour on a band. go-echarts has one colour for all categories and
// the label interval as a string, which ECharts adds one to ("1" + 1 = "11"), so
// these three are set by hand.
func laneAxis(lanes []Lane, labels []string) map[string]any {
	axis := plain[map[string]any](opts.YAxis{
		Type: "category", Inverse: opts.Bool(true),
		AxisLine:  &opts.AxisLine{Show: opts.Bool(false)},
		AxisLabel: &opts.AxisLabel{Color: color("text"), FontSize: labelSize, FontWeight: "bold", Margin: labelMargin},
		SplitLine: &opts.SplitLine{Show: opts.Bool(true), LineStyle: line("grid", 1)},
	})
	bands := make([]any, len(lanes))
	categories := make([]any, len(lanes))
	for i, lane := range lanes {
		category := map[string]any{"value": literal(labels[i])}
		bands[i] = "transparent"
		if lane.Kind == Lock {
			bands[i] = color("band")
			category["textStyle"] = map[string]any{"color": color("lock-edge")}
		}
		categories[i] = category
	}
	if len(lanes) > 0 { // the kernel would turn an empty list into null
		axis["data"] = categories
		axis["splitArea"] = map[string]any{"show": true, "areaStyle": map[string]any{"color": bands}}
	}
	axis["axisTick"] = map[string]any{"show": false}
	axis["axisLabel"].(map[string]any)["interval"] = float64(labelEvery(len(lanes)) - 1)
	return axis
}

// zoom lets the reader look closer: with the slider, and by the wheel while Ctrl
// is held, so that the page still scrolls.
func zoom() []any {
	return []any{
		map[string]any{
			"type": "slider", "filterMode": "weakFilter", "height": 14.0, "bottom": 4.0,
			"showDetail": false, "brushSelect": false, "moveHandleSize": 0.0,
			"borderColor": color("grid"), "backgroundColor": color("surface"), "fillerColor": color("band"),
			"handleStyle":    map[string]any{"color": color("surface"), "borderColor": color("muted")},
			"dataBackground": map[string]any{"lineStyle": map[string]any{"opacity": 0.0}, "areaStyle": map[string]any{"opacity": 0.0}},
		},
		map[string]any{
			"type": "inside", "filterMode": "weakFilter",
			"zoomOnMouseWheel": "ctrl", "moveOnMouseWheel": false, "moveOnMouseMove": true,
		},
	}
}

func spanSeries(t Timeline) map[string]any {
	series := plain[map[string]any](customSeries{
		Type: "custom", Name: "spans", RenderItem: draw("timeline-span"), Clip: true, Z: 2,
		Dimensions: []dimension{
			{"lane", "number"}, {"start", "number"}, {"end", "number"},
			{"state", "ordinal"}, {"label", "ordinal"}, {"detail", "ordinal"},
		},
		Encode: opts.Encode{X: []string{"start", "end"}, Y: []string{"lane"}},
	})
	var data []any
	for i, lane := range t.Lanes {
		for _, s := range lane.Spans {
			data = append(data, []any{
				float64(i), nanoseconds(s.Start), nanoseconds(s.End),
				string(s.State), literal(s.Label), literal(s.Detail),
			})
		}
	}
	if data != nil {
		series["data"] = data
	}
	return series
}

func arrowSeries(t Timeline) map[string]any {
	series := plain[map[string]any](customSeries{
		Type: "custom", Name: "arrows", RenderItem: draw("timeline-arrow"), Clip: true, Z: 3,
		Dimensions: []dimension{
			{"from", "number"}, {"to", "number"}, {"at", "number"}, {"detail", "ordinal"},
		},
		Encode: opts.Encode{X: []string{"at"}, Y: []string{"from", "to"}},
	})
	series["data"] = list(t.Arrows, func(a Arrow) any {
		return []any{float64(a.From), float64(a.To), nanoseconds(a.At), literal(a.Detail)}
	})
	return series
}

func nanoseconds(d time.Duration) float64 { return float64(d) }
