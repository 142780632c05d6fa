package plot

import (
	"fmt"
	"strings"
	"time"
)

// Value is one bar: a label and how much. Make one with Time or Number.
type Value struct {
	label  string
	value  float64 // nanoseconds, or in unit
	isTime bool
	unit   string
}

// Time is a bar that shows how long something took.
func Time(label string, d time.Duration) Value {
	return Value{label: label, value: float64(d), isTime: true}
}

// Number is a bar that shows a figure with its unit, such as "pages/s"; the unit
// may be "".
func Number[N int | int64 | uint64 | float64](label string, n N, unit string) Value {
	return Value{label: label, value: float64(n), unit: unit}
}

// String is the value as the chart shows it, with three significant digits.
func (v Value) String() string {
	switch {
	case !isNumber(v.value):
		return "no value"
	case v.isTime:
		return FormatDuration(time.Duration(v.value))
	}
	return strings.TrimSpace(figureOf(v.value) + " " + v.unit)
}

// Bar returns a chart with a bar for each value, in order. Its subtitle compares
// the first bar, the one that the others are measured against, with the best
// time or the largest number.
//
// All values share a unit; if they do not, Show and Bundle return an error.
func Bar(title string, values ...Value) *Chart {
	title = cleanText(title)
	var err error
	bars := make([]Value, len(values))
	labels := make([]string, len(values))
	sizes := []float64{0} // a bar begins at 0
	for i, v := range values {
		v.label, v.unit = cleanText(v.label), cleanText(v.unit)
		if i > 0 && (v.isTime != bars[0].isTime || v.unit != bars[0].unit) {
			err = fmt.Errorf("plot: Bar: %q and %q have different units; draw a chart for each", bars[0].label, v.label)
		}
		bars[i], labels[i] = v, v.label
		sizes = append(sizes, v.value)
	}
	isTime := len(bars) > 0 && bars[0].isTime
	chart := plane{
		x: valueAxis("", isTime, sizes...), y: rowAxis(labels), right: valueColumn, tip: "value",
		layers: []layer{barLayer{bars}},
	}.chart("bar")
	chart.Title, chart.Subtitle, chart.err = title, compare(bars), err
	chart.Text = barText(title, bars, chart.Subtitle)
	chart.Table = barTable(bars)
	return chart
}

// barText tells the whole chart in words.
func barText(title string, bars []Value, finding string) string {
	said := make([]string, len(bars))
	for i, v := range bars {
		said[i] = v.label + " " + v.String()
	}
	return sentence(title, strings.Join(said, ", "), finding)
}

func barTable(bars []Value) Table {
	table := Table{Header: []string{"Bar", "Value"}}
	if len(bars) > 0 && bars[0].isTime {
		table.Header[1] = "Time"
	}
	for _, v := range bars {
		table.Rows = append(table.Rows, []string{v.label, v.String()})
	}
	return table
}
