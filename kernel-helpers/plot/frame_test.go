package plot

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"

	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"
)

// The frames in folder frame are made here, with go-echarts' types, by
//
//	go test ./kernel-helpers/plot -run Frames -update
//
// and not in the cell that draws a chart: linking these types and what they
// import would cost each such cell a tenth of its time.
func TestFramesAreAsGenerated(t *testing.T) {
	for path, frame := range map[string]map[string]any{
		"frame/timeline.json": timelineFrame(t),
		"frame/bar.json":      barFrame(t),
	} {
		var want bytes.Buffer
		encoder := json.NewEncoder(&want)
		encoder.SetIndent("", " ")
		if err := encoder.Encode(frame); err != nil {
			t.Fatal(err)
		}
		if *update {
			if err := os.WriteFile(path, want.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, want.Bytes()) {
			t.Errorf("%s is not what is generated (%v); run go test -update, then build again, which embeds it", path, err)
		}
	}
}

func color(name string) string { return "@color/" + name }
func draw(name string) string  { return "@draw/" + name }

func line(name string) *opts.LineStyle {
	return &opts.LineStyle{Color: color(name), Width: 1}
}

// timelineFrame is an option for a timeline without lanes and spans.
func timelineFrame(t *testing.T) map[string]any {
	return map[string]any{
		"animation": false,
		"grid":      opts.Grid{Right: pixels(rightMargin), Top: pixels(0), Bottom: pixels(axisHeight + zoomHeight)},
		"tooltip":   opts.Tooltip{Trigger: "item", Formatter: types.FuncStr(draw("timeline-tooltip"))},
		"xAxis":     valueAxis(),
		"yAxis":     laneAxis(t),
		"dataZoom":  zoom(),
		"series":    []any{spanSeries(), arrowSeries()},
	}
}

// barFrame is an option for bars without bars.
func barFrame(t *testing.T) map[string]any {
	return map[string]any{
		"animation": false,
		"grid":      opts.Grid{Right: pixels(valueColumn), Top: pixels(0), Bottom: pixels(axisHeight)},
		"tooltip":   opts.Tooltip{Trigger: "item", Formatter: types.FuncStr(draw("value"))},
		"xAxis":     valueAxis(),
		"yAxis": labelAxis(t, opts.YAxis{
			AxisLine:  &opts.AxisLine{Show: opts.Bool(true), LineStyle: line("muted")},
			AxisLabel: &opts.AxisLabel{Color: color("text"), FontSize: labelSize, Margin: labelMargin},
		}),
		"series": []any{map[string]any{
			"type": "bar", "name": "values", "barWidth": barThickness,
			"itemStyle": opts.ItemStyle{Color: color("series-1")},
			"label": opts.Label{
				Show: opts.Bool(true), Position: "right", Color: color("text"), FontSize: labelSize, Formatter: draw("value"),
			},
		}},
	}
}

// valueAxis is the horizontal axis of both kinds of chart.
func valueAxis() opts.XAxis {
	return opts.XAxis{
		Type: "value", SplitNumber: 6,
		AxisLine:  &opts.AxisLine{Show: opts.Bool(true), LineStyle: line("muted")},
		AxisTick:  &opts.AxisTick{Show: opts.Bool(true), LineStyle: line("muted")},
		AxisLabel: &opts.AxisLabel{Color: color("muted"), FontSize: tickSize, HideOverlap: opts.Bool(true)},
		SplitLine: &opts.SplitLine{
			Show: opts.Bool(true), LineStyle: &opts.LineStyle{Color: color("grid"), Width: 1, Type: "dashed"},
		},
	}
}

// labelAxis completes a vertical axis of labels. go-echarts knows no ticks on
// it, and writes the interval of labels as a string, to which ECharts adds one:
// "1" + 1 is "11". So these two are set by hand.
func labelAxis(t *testing.T, axis opts.YAxis) map[string]any {
	axis.Type, axis.Inverse = "category", opts.Bool(true)
	text, err := json.Marshal(axis)
	if err != nil {
		t.Fatal(err)
	}
	var frame map[string]any
	if err := json.Unmarshal(text, &frame); err != nil {
		t.Fatal(err)
	}
	frame["axisTick"] = map[string]any{"show": false}
	frame["axisLabel"].(map[string]any)["interval"] = 0
	return frame
}

// laneAxis has bold labels and a band behind locks, whose colours follow with
// the lanes.
func laneAxis(t *testing.T) map[string]any {
	return labelAxis(t, opts.YAxis{
		AxisLine:  &opts.AxisLine{Show: opts.Bool(false)},
		AxisLabel: &opts.AxisLabel{Color: color("text"), FontSize: labelSize, FontWeight: "bold", Margin: labelMargin},
		SplitLine: &opts.SplitLine{Show: opts.Bool(true), LineStyle: line("grid")},
	})
}

// zoom lets the reader look closer: with the slider, and by the wheel while Ctrl
// is held, so that the page still scrolls.
func zoom() []any {
	invisible := map[string]any{"opacity": 0}
	return []any{
		map[string]any{
			"type": "slider", "filterMode": "weakFilter", "height": 14, "bottom": 4,
			"showDetail": false, "brushSelect": false, "moveHandleSize": 0,
			"borderColor": color("grid"), "backgroundColor": color("surface"), "fillerColor": color("band"),
			"handleStyle":    map[string]any{"color": color("surface"), "borderColor": color("muted")},
			"dataBackground": map[string]any{"lineStyle": invisible, "areaStyle": invisible},
		},
		map[string]any{
			"type": "inside", "filterMode": "weakFilter",
			"zoomOnMouseWheel": "ctrl", "moveOnMouseWheel": false, "moveOnMouseMove": true,
		},
	}
}

// customSeries is a series that a function of the renderer draws.
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

func spanSeries() customSeries {
	return customSeries{
		Type: "custom", Name: "spans", RenderItem: draw("timeline-span"), Clip: true, Z: 2,
		Dimensions: []dimension{
			{"lane", "number"}, {"start", "number"}, {"end", "number"},
			{"state", "ordinal"}, {"label", "ordinal"}, {"detail", "ordinal"},
		},
		Encode: opts.Encode{X: []string{"start", "end"}, Y: []string{"lane"}},
	}
}

// arrowSeries is not clipped: its renderer leaves out what lies outside, and the
// head of the last arrow reaches over the edge.
func arrowSeries() customSeries {
	return customSeries{
		Type: "custom", Name: "arrows", RenderItem: draw("timeline-arrow"), Z: 3,
		Dimensions: []dimension{{"from", "number"}, {"to", "number"}, {"at", "number"}, {"detail", "ordinal"}},
		Encode:     opts.Encode{X: []string{"at"}, Y: []string{"from", "to"}},
	}
}
