package plot

import (
	"fmt"
	"math"
	"strings"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing/scene"
)

// foreign is the data of a chart that a reader built with go-echarts, as far as
// tables and this package's own figures can show it.
type foreign struct {
	categories []string // of the horizontal axis, if it has names
	series     []foreignSeries
}

type foreignSeries struct {
	kind, name string
	points     []point  // x counts from 0 where there are categories or names
	names      []string // of the points, as of a pie's parts; or ""
	isPlain    bool     // all its data are points
	texts      []string // the data otherwise
}

func readSeries(option drawing.Object) (f foreign) {
	for _, axis := range objects(option["xAxis"]) {
		names, _ := axis["data"].([]any)
		for _, name := range names {
			f.categories = append(f.categories, textOf(name))
		}
		break
	}
	for _, s := range objects(option["series"]) {
		f.series = append(f.series, readForeign(s))
	}
	return f
}

func readForeign(s drawing.Object) foreignSeries {
	read := foreignSeries{kind: textOf(s["type"]), name: textOf(s["name"]), isPlain: true}
	data, _ := s["data"].([]any)
	for i, item := range data {
		name := ""
		if o, ok := item.(drawing.Object); ok {
			name, item = textOf(o["name"]), o["value"]
		}
		p := point{float64(i), math.NaN()}
		switch v := item.(type) {
		case float64:
			p.y = v
		case []any:
			x, isX := any(nil), false
			if len(v) == 2 {
				x = v[0]
				p.x, isX = x.(float64)
				p.y, _ = v[1].(float64)
			}
			read.isPlain = read.isPlain && isX
		case string, nil: // a gap
		default:
			read.isPlain = false
		}
		read.points, read.names = append(read.points, p), append(read.names, name)
		read.texts = append(read.texts, textOf(item))
	}
	return read
}

// textOf is a value of an option in words.
func textOf(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case float64:
		return drawing.FormatNumber(v)
	case []any:
		var all []string
		for _, element := range v {
			all = append(all, textOf(element))
		}
		return strings.Join(all, ", ")
	}
	return fmt.Sprint(v)
}

// describe says what kinds of series the chart has, and how much.
func (f foreign) describe() string {
	values := 0
	for _, s := range f.series {
		values += len(s.points)
	}
	switch len(f.series) {
	case 0:
		return "a chart without data"
	case 1:
		return fmt.Sprintf("a %s chart of %s", f.series[0].kind, drawing.Plural(values, "value"))
	}
	return fmt.Sprintf("a %s chart of %s in %d series", f.series[0].kind, drawing.Plural(values, "value"), len(f.series))
}

func (f foreign) table() Table {
	table := Table{Header: []string{"Series", "Of", "Value"}}
	for _, s := range f.series {
		for i, text := range s.texts {
			if len(table.Rows) == mostRows {
				return table
			}
			table.Rows = append(table.Rows, []string{s.name, f.label(s, i), text})
		}
	}
	return table
}

// label is the name of a point, or of its place on the axis.
func (f foreign) label(s foreignSeries, i int) string {
	switch {
	case s.names[i] != "":
		return s.names[i]
	case i < len(f.categories):
		return f.categories[i]
	}
	return fmt.Sprint(i + 1)
}

// figure draws what is simple enough, and else says where the chart is drawn.
func (f foreign) figure() drawing.Figure {
	if len(f.series) == 0 || len(f.series) > mostSeries {
		return noteFigure{}
	}
	first := f.series[0]
	if len(f.series) == 1 && (first.kind == "pie" || first.kind == "bar") && first.isPlain && len(first.points) <= 40 {
		values, labels := make([]drawing.Amount, len(first.points)), make([]string, len(first.points))
		sizes := []float64{0}
		for i, p := range first.points {
			labels[i] = f.label(first, i)
			values[i] = drawing.Amount{Label: labels[i], Value: p.y}
			sizes = append(sizes, p.y)
		}
		return plane{x: valueAxis("", false, sizes...), y: rowAxis(labels), right: valueColumn, layers: []layer{barLayer{values}}}
	}
	var all []Series
	for _, s := range f.series {
		if s.kind != "line" && s.kind != "scatter" || !s.isPlain {
			return noteFigure{}
		}
		shown := Series{Name: s.name}
		for _, p := range s.points {
			shown.X, shown.Y = append(shown.X, p.x), append(shown.Y, p.y)
		}
		all = append(all, shown)
	}
	p := seriesPlane("", "", all)
	if len(f.categories) > 0 {
		p.x = axis{names: f.categories, from: 0, to: float64(max(len(f.categories)-1, 1)), step: 1}
	}
	for i, s := range all {
		item := LegendItem{Mark: LineMark, Color: i + 1, Label: s.Name}
		if f.series[i].kind == "scatter" {
			item.Mark = DotMark
			p.layers = append(p.layers, dotLayer{name: s.Name, color: i + 1, radius: drawing.DotRadius + 0.5, alpha: 0.7, points: thinDots(s.points(), p.x, p.y)})
		} else {
			p.layers = append(p.layers, lineLayer{name: s.Name, color: i + 1, points: thinLine(s.points(), p.x)})
		}
		p.legend = append(p.legend, item)
	}
	if len(p.legend) < 2 {
		p.legend = nil
	}
	return p
}

// noteFigure stands for a chart that only JupyterLab draws.
type noteFigure struct{}

func (noteFigure) Height() int { return 30 }

func (noteFigure) Draw(s *scene.Scene, top float64) {
	s.Add(scene.Text{X: drawing.Margin, Y: top + 16, Size: drawing.LabelSize, Color: drawing.MutedColor, String: "JupyterLab draws this chart, with Interleave's extension; its data stand in the table."})
}
