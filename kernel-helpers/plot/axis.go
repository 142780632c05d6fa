package plot

import (
	"math"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/plot/internal/scene"
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
	step := niceStep(most - least)
	if isTime {
		step = niceTime(most - least)
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
		if isNumber(v) {
			least, most = min(least, v), max(most, v)
		}
	}
	if least > most {
		return 0, 0
	}
	return least, most
}

// isNumber reports whether v can be drawn: the length of an axis must be a number
// too.
func isNumber(v float64) bool { return math.Abs(v) < math.MaxFloat64/4 }

// text is a value as a tooltip or a sentence says it.
func (a axis) text(v float64) string {
	if a.isTime {
		return FormatDuration(time.Duration(math.Round(v)))
	}
	return figureOf(v)
}

// ticks are the values that the axis is labelled at, and their labels.
func (a axis) ticks() (values []float64, labels []string) {
	if a.names != nil {
		every := max(1, int(math.Ceil(float64(len(a.names))/8)))
		for i := 0; i < len(a.names); i += every {
			values = append(values, float64(i))
			labels = append(labels, fit(a.names[i], tickSize, false, 90))
		}
		return values, labels
	}
	// Counted, since adding a step may change nothing about a huge number.
	for i := math.Round(a.from / a.step); i <= math.Round(a.to/a.step); i++ {
		at := i*a.step + 0 // -0 becomes 0
		label := tickNumber(at, a.step)
		if a.isTime {
			label = tickLabel(time.Duration(math.Round(at)), time.Duration(a.to))
		}
		values = append(values, at)
		labels = append(labels, label)
	}
	return values, labels
}

// labels are the texts beside a vertical axis, and how wide their column is.
func (a axis) labels() (texts []string, width float64) {
	if a.rows != nil {
		return labelColumn(a.rows, false, 260)
	}
	_, texts = a.ticks()
	for _, text := range texts {
		width = max(width, scene.TextWidth(text, tickSize, false)*fontSlack)
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
func (a axis) option() object {
	if a.rows != nil {
		labels, _ := a.labels()
		option := object{
			"type": "category", "inverse": true,
			"axisLabel": object{"interval": 0.0, "margin": float64(labelMargin)},
		}
		if len(labels) > 0 { // the kernel would turn an empty list into null
			option["data"] = list(labels, func(s string) any { return literal(s) })
		}
		return option
	}
	option := object{"type": "value", "min": a.from, "max": a.to, "interval": a.step}
	label := object{"hideOverlap": true}
	if a.isTime {
		label["formatter"] = "@draw/duration"
	}
	option["axisLabel"] = label
	if a.name != "" {
		option["name"] = literal(a.name)
	}
	return option
}
