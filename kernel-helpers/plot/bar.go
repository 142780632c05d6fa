package plot

import (
	"fmt"
	"math"
	"strings"
	"time"
)

// Value is one bar: a label and how much. Make one with Time or Number.
type Value struct {
	label string
	value float64 // nanoseconds, or in unit
	time  bool
	unit  string
}

// Time is a bar that shows how long something took.
func Time(label string, d time.Duration) Value {
	return Value{label: label, value: float64(d), time: true}
}

// Number is a bar that shows a figure with its unit, such as "pages/s"; the unit
// may be "".
func Number[N int | int64 | uint64 | float64](label string, n N, unit string) Value {
	return Value{label: label, value: float64(n), unit: unit}
}

// String is the value as the chart shows it, with three significant digits.
func (v Value) String() string {
	switch {
	case !v.isNumber():
		return "no value"
	case v.time:
		return FormatDuration(time.Duration(v.value))
	}
	figure := digits(v.value)
	if strings.Contains(figure, ".") && !strings.Contains(figure, "e") {
		figure = strings.TrimRight(strings.TrimRight(figure, "0"), ".") // a count is "5", not "5.00"
	}
	return strings.TrimSpace(figure + " " + v.unit)
}

// isNumber reports whether the value can be drawn: the length of an axis must be
// a number too.
func (v Value) isNumber() bool { return math.Abs(v.value) < math.MaxFloat64/4 }

// Bar returns a chart with a bar for each value, in order. Its subtitle compares
// the first bar, the one that the others are measured against, with the best
// time or the largest number.
//
// All values share a unit; if they do not, Show and Bundle return an error.
func Bar(title string, values ...Value) *Chart {
	title = cleanText(title)
	var err error
	bars := make([]Value, len(values))
	for i, v := range values {
		v.label, v.unit = cleanText(v.label), cleanText(v.unit)
		if i > 0 && (v.time != bars[0].time || v.unit != bars[0].unit) {
			err = fmt.Errorf("plot: Bar: %q and %q have different units; draw a chart for each", bars[0].label, v.label)
		}
		bars[i] = v
	}
	finding := compare(bars)
	return &Chart{
		Kind:     "bar",
		Title:    title,
		Subtitle: finding,
		Text:     barText(title, bars, finding),
		Option:   barOption(bars),
		Height:   barsHeight(len(bars)) + axisHeight,
		Table:    barTable(bars),
		figure:   barFigure{bars},
		err:      err,
	}
}

// compare says how the best bar stands to the first.
func compare(bars []Value) string {
	if len(bars) < 2 {
		return ""
	}
	first, best := bars[0], bars[1]
	for _, v := range bars[1:] {
		better := v.value > best.value
		if v.time {
			better = v.value < best.value
		}
		if v.isNumber() && (better || !best.isNumber()) {
			best = v
		}
	}
	for _, v := range []Value{first, best} {
		if !v.isNumber() || v.value <= 0 {
			return ""
		}
	}
	ratio, as := best.value/first.value, "as much as"
	if first.time {
		ratio, as = first.value/best.value, "as fast as"
	}
	switch {
	case ratio >= 1.05:
		return fmt.Sprintf("%s: %s times %s %s.", best.label, times(ratio), as, first.label)
	case ratio > 0.95:
		return fmt.Sprintf("%s: about %s %s.", best.label, as, first.label)
	case first.time:
		return fmt.Sprintf("%s is the fastest; %s takes %s times as long.", first.label, best.label, times(1/ratio))
	}
	return fmt.Sprintf("%s is the largest; %s is %s of it.", first.label, best.label, fmt.Sprintf("%.0f%%", 100*ratio))
}

// times writes a ratio with as many digits as mean something.
func times(ratio float64) string {
	if ratio < 10 {
		return fmt.Sprintf("%.1f", ratio)
	}
	return digits(math.Round(ratio))
}

// barText tells the whole chart in words.
func barText(title string, bars []Value, finding string) string {
	var b strings.Builder
	b.WriteString(title)
	for i, v := range bars {
		if i == 0 {
			b.WriteString(": ")
		} else {
			b.WriteString(", ")
		}
		b.WriteString(v.label + " " + v.String())
	}
	b.WriteString(".")
	if finding != "" {
		b.WriteString(" " + finding)
	}
	return b.String()
}

func barTable(bars []Value) Table {
	table := Table{Header: []string{"Bar", "Value"}}
	if len(bars) > 0 && bars[0].time {
		table.Header[1] = "Time"
	}
	for _, v := range bars {
		table.Rows = append(table.Rows, []string{v.label, v.String()})
	}
	return table
}
