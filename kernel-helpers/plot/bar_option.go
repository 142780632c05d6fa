package plot

const (
	barRow       = 36  // height of a bar's row
	barThickness = 22  // of the bar in it
	valueColumn  = 110 // room for a value beside the longest bar
)

func barsHeight(bars int) int { return max(bars, 1) * barRow }

// barOption describes horizontal bars for ECharts. Each data item carries its
// value as text too, so that every form of the chart shows the same.
func barOption(bars []Value) object {
	labels, width := barLabels(bars)
	option := newOption(barFrame(), width)
	if len(bars) == 0 {
		return option // the kernel would turn empty lists into null
	}
	from, to, step := valueRange(bars)
	axis := option["xAxis"].(object)
	axis["min"], axis["max"], axis["interval"] = from, to, step
	if bars[0].time {
		axis["axisLabel"].(object)["formatter"] = "@draw/duration"
	}
	option["yAxis"].(object)["data"] = list(labels, func(s string) any { return literal(s) })
	option["series"].([]any)[0].(object)["data"] = list(bars, func(v Value) any {
		item := object{"name": literal(v.label), "value": v.value, "text": literal(v.String())}
		if !v.isNumber() {
			item["value"] = "-" // ECharts' word for a missing value
		}
		return item
	})
	return option
}

func barLabels(bars []Value) (short []string, width float64) {
	labels := make([]string, len(bars))
	for i, v := range bars {
		labels[i] = v.label
	}
	return labelColumn(labels, false, 260)
}
