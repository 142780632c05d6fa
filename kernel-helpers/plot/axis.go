package plot

import (
	"math"
	"strconv"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing/scene"
)

// axis is one axis of a plane: a range of values, or a row for each of some names.
type axis struct {
	name           string
	from, to, step float64 // the range, which ticks divide evenly
	isTime         bool    // values are nanoseconds
	rows           []string
	names          []string // of 0, 1, 2 and so on, instead of figures
}

// rowAxis has a row for each label, from top to bottom.
func rowAxis(labels []string) axis { return axis{rows: labels} }

// valueAxis covers the numbers among values. It begins at 0 where that leaves more
// than a quarter of it to the values.
func valueAxis(name string, isTime bool, values ...float64) axis {
	least, most := extent(values)
	return axisOver(name, isTime, least, most)
}

// axisOver covers at least the range from least to most.
func axisOver(name string, isTime bool, least, most float64) axis {
	if least > 0 && least < 0.75*most {
		least = 0
	} else if most < 0 && most > 0.75*least {
		most = 0
	}
	if least == most { // a single value, in the middle of something
		if least == 0 {
			most = 1
		} else {
			least, most = min(least, 0), max(most, 0)
		}
	}
	step := drawing.NiceStep(most - least)
	if isTime {
		step = drawing.NiceTime(most - least)
	}
	return axis{
		name: name, isTime: isTime, step: step,
		from: step*math.Floor(least/step+1e-9) + 0, // -0 becomes 0
		to:   step * math.Ceil(most/step-1e-9),
	}
}

// extent is the range of the numbers among values, 0 to 0 if there is none.
func extent(values []float64) (least, most float64) {
	least, most = math.Inf(1), math.Inf(-1)
	for _, v := range values {
		if drawing.IsNumber(v) {
			least, most = min(least, v), max(most, v)
		}
	}
	if least > most {
		return 0, 0
	}
	return least, most
}

// text is a value as a tooltip or a sentence says it.
func (a axis) text(v float64) string {
	if a.isTime {
		return FormatDuration(time.Duration(math.Round(v)))
	}
	return drawing.FormatNumber(v)
}

// ticks are the values that the axis is labelled at, and their labels.
func (a axis) ticks() (values []float64, labels []string) {
	if a.names != nil {
		every := max(1, int(math.Ceil(float64(len(a.names))/8)))
		for i := 0; i < len(a.names); i += every {
			values = append(values, float64(i))
			labels = append(labels, drawing.Fit(a.names[i], drawing.TickSize, false, 90))
		}
		return values, labels
	}
	// Counted, since adding a step may change nothing about a huge number.
	for i := math.Round(a.from / a.step); i <= math.Round(a.to/a.step); i++ {
		at := i*a.step + 0 // -0 becomes 0
		label := tickNumber(at, a.step)
		if a.isTime {
			label = drawing.TickLabel(time.Duration(math.Round(at)), time.Duration(a.to))
		}
		values = append(values, at)
		labels = append(labels, label)
	}
	return values, labels
}

// tickNumber writes a number on an axis whose ticks are step apart.
func tickNumber(at, step float64) string {
	if step >= 1e12 {
		return strconv.FormatFloat(at, 'g', 3, 64)
	}
	if step >= 1 {
		return drawing.GroupThousands(strconv.FormatFloat(at, 'f', 0, 64))
	}
	decimals := int(math.Ceil(-math.Log10(step) - 1e-9))
	if decimals > 6 {
		return strconv.FormatFloat(at, 'g', 3, 64)
	}
	return strconv.FormatFloat(at, 'f', decimals, 64)
}

// labels are the texts beside a vertical axis, and how wide their column is.
func (a axis) labels() (texts []string, width float64) {
	if a.rows != nil {
		return drawing.LabelColumn(a.rows, false, 260)
	}
	_, texts = a.ticks()
	for _, text := range texts {
		width = max(width, scene.TextWidth(text, drawing.TickSize, false)*drawing.FontSlack)
	}
	return texts, width
}

// nameHeight is the room that the axis' name takes in its height.
func (a axis) nameHeight() int {
	if a.name == "" {
		return 0
	}
	return axisNameHeight
}

// option describes the axis for ECharts; how it looks is the theme's part.
func (a axis) option() drawing.Object {
	if a.rows != nil {
		labels, _ := a.labels()
		option := drawing.Object{
			"type": "category", "inverse": true,
			"axisLabel": drawing.Object{"interval": 0.0, "margin": float64(drawing.LabelMargin)},
		}
		if len(labels) > 0 { // the kernel would turn an empty list into null
			option["data"] = drawing.List(labels, func(s string) any { return drawing.Literal(s) })
		}
		return option
	}
	option := drawing.Object{"type": "value", "min": a.from, "max": a.to, "interval": a.step}
	label := drawing.Object{"hideOverlap": true}
	if a.isTime {
		label["formatter"] = "@draw/duration"
	}
	option["axisLabel"] = label
	if a.name != "" {
		option["name"] = drawing.Literal(a.name)
	}
	return option
}
