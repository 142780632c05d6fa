package plot

import (
	"fmt"
	"strings"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
)

// Value is one bar: a label and how much. Make one with Time or Number.
type Value struct{ is drawing.Amount }

// Time is a bar that shows how long something took.
func Time(label string, d time.Duration) Value { return Value{drawing.TimeOf(label, d)} }

// Number is a bar that shows a figure with its unit, such as "pages/s"; the unit
// may be "".
func Number[N int | int64 | uint64 | float64](label string, n N, unit string) Value {
	return Value{drawing.Amount{Label: label, Value: float64(n), Unit: unit}}
}

// String is the value as the chart shows it, with three significant digits.
func (v Value) String() string { return v.is.String() }

// Bar returns a chart with a bar for each value, in order. Its subtitle compares
// the first bar, the one that the others are measured against, with the best
// time or the largest number.
//
// All values share a unit; if they do not, Show and Bundle return an error.
func Bar(title string, values ...Value) *Chart {
	title = drawing.CleanText(title)
	var err error
	bars := make([]drawing.Amount, len(values))
	labels := make([]string, len(values))
	sizes := []float64{0} // a bar begins at 0
	for i, value := range values {
		v := value.is
		v.Label, v.Unit = drawing.CleanText(v.Label), drawing.CleanText(v.Unit)
		if i > 0 && (v.IsTime != bars[0].IsTime || v.Unit != bars[0].Unit) {
			err = fmt.Errorf("plot: Bar: %q and %q have different units; draw a chart for each", bars[0].Label, v.Label)
		}
		bars[i], labels[i] = v, v.Label
		sizes = append(sizes, v.Value)
	}
	isTime := len(bars) > 0 && bars[0].IsTime
	chart := plane{
		x: valueAxis("", isTime, sizes...), y: rowAxis(labels), right: valueColumn, tip: "value",
		layers: []layer{barLayer{bars}},
	}.chart("bar")
	chart.Title, chart.Subtitle = title, drawing.Compare(bars)
	drawing.Refuse(chart, err)
	chart.Text = barText(title, bars, chart.Subtitle)
	chart.Table = barTable(bars)
	return chart
}

// barText tells the whole chart in words.
func barText(title string, bars []drawing.Amount, finding string) string {
	said := make([]string, len(bars))
	for i, v := range bars {
		said[i] = v.Label + " " + v.String()
	}
	return drawing.Sentence(title, strings.Join(said, ", "), finding)
}

func barTable(bars []drawing.Amount) Table {
	table := Table{Header: []string{"Bar", "Value"}}
	if len(bars) > 0 && bars[0].IsTime {
		table.Header[1] = "Time"
	}
	for _, v := range bars {
		table.Rows = append(table.Rows, []string{v.Label, v.String()})
	}
	return table
}
