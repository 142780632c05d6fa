package plot

import (
	"math"

	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"
)

const (
	barRow       = 36  // height of a bar's row
	barThickness = 22  // of the bar in it
	valueColumn  = 110 // room for a value beside the longest bar
)

func barsHeight(bars int) int { return max(bars, 1) * barRow }

// barItem is a data item that carries its value as text, so that every form of
// the chart shows the same.
type barItem struct {
	opts.BarData
	Text string `json:"text"`
}

// barOption describes horizontal bars for ECharts.
func barOption(bars []Value) map[string]any {
	labels, width := barLabels(bars)
	var formatter types.FuncStr
	if len(bars) > 0 && bars[0].time {
		formatter = types.FuncStr(draw("duration"))
	}
	vertical := plain[map[string]any](opts.YAxis{
		Type: "category", Inverse: opts.Bool(true),
		AxisLine:  &opts.AxisLine{Show: opts.Bool(true), LineStyle: line("muted", 1)},
		AxisLabel: &opts.AxisLabel{Color: color("text"), FontSize: labelSize, Margin: labelMargin},
	})
	if len(labels) > 0 { // the kernel would turn an empty list into null
		vertical["data"] = list(labels, func(s string) any { return literal(s) })
	}
	vertical["axisTick"] = map[string]any{"show": false}
	vertical["axisLabel"].(map[string]any)["interval"] = 0.0
	return map[string]any{
		"animation": false,
		"grid": plain[map[string]any](opts.Grid{
			Left: pixels(int(math.Ceil(width)) + labelMargin), Right: pixels(valueColumn),
			Top: pixels(0), Bottom: pixels(axisHeight),
		}),
		"tooltip": tooltip("value"),
		"xAxis":   plain[map[string]any](valueAxis(formatter)),
		"yAxis":   vertical,
		"series":  []any{barSeries(bars)},
	}
}

func barLabels(bars []Value) (short []string, width float64) {
	labels := make([]string, len(bars))
	for i, v := range bars {
		labels[i] = v.label
	}
	return labelColumn(labels, false, 260)
}

func barSeries(bars []Value) map[string]any {
	series := map[string]any{
		"type": "bar", "name": "values", "barWidth": float64(barThickness),
		"itemStyle": plain[any](opts.ItemStyle{Color: color("series-1")}),
		"label": plain[any](opts.Label{
			Show: opts.Bool(true), Position: "right", Color: color("text"), FontSize: labelSize, Formatter: draw("value"),
		}),
	}
	if len(bars) > 0 {
		series["data"] = list(bars, func(v Value) any {
			item := barItem{opts.BarData{Name: literal(v.label), Value: v.value}, literal(v.String())}
			if !v.isNumber() {
				item.Value = "-" // ECharts' word for a missing value
			}
			return plain[any](item)
		})
	}
	return series
}
