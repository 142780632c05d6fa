package plot

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
)

// EChart is any chart of go-echarts, such as a *charts.Bar. This package does not
// link go-echarts: a cell that builds such a chart does.
type EChart interface {
	Validate()
	JSON() map[string]any
}

// Show shows a chart that was built with go-echarts under the running cell. JupyterLab
// draws it interactively, in the colours of its theme where the chart sets none. The
// static forms show lines, dots, and single series of bars or shares as this
// package draws them, and others as a table.
//
// A notebook must not run code in its reader's browser. So functions, tooltips in
// HTML, pictures and addresses are left out, which the chart's subtitle says. Maps and
// charts in three dimensions need data or programs from elsewhere: they are an
// error.
func Show(chart EChart) error { return fromECharts(chart).Show() }

// seriesTypes are the types of series that the extension draws.
var seriesTypes = []string{
	"line", "bar", "scatter", "effectScatter", "pie", "boxplot", "candlestick", "funnel", "gauge", "graph",
	"heatmap", "parallel", "radar", "sankey", "sunburst", "themeRiver", "tree", "treemap",
}

// echartHeight is the height of the drawing, in CSS pixels.
const echartHeight = 400

func fromECharts(chart EChart) *Chart {
	chart.Validate()
	c := Chart{Kind: "echarts", Height: echartHeight}
	converted, err := plain(reflect.ValueOf(chart.JSON()), 0)
	if err != nil {
		c := drawing.New(c, noteFigure{})
		drawing.Refuse(c, fmt.Errorf("plot: Show: the chart holds %w", err))
		return c
	}
	option := converted.(drawing.Object)
	takeTitle(&c, option)
	dropDefaults(option)
	var left []string
	c.Option = sanitize(option, "", &left).(drawing.Object)
	series := objects(option["series"])
	for _, s := range series {
		if kind, _ := s["type"].(string); !slices.Contains(seriesTypes, kind) {
			err = fmt.Errorf("plot: Show: a series of type %q is not drawn in a notebook; these are: %s", kind, strings.Join(seriesTypes, ", "))
		}
	}
	data := readSeries(c.Option)
	c.Table = data.table()
	if len(left) > 0 {
		slices.Sort(left)
		c.Subtitle = strings.TrimSpace(c.Subtitle + " Left out, since a notebook may only show data: " + strings.Join(slices.Compact(left), ", ") + ".")
	}
	c.Text = drawing.Sentence(c.Title, data.describe(), c.Subtitle)
	shown := drawing.New(c, data.figure())
	drawing.Refuse(shown, err)
	return shown
}

// takeTitle moves the title from the drawing to the chart, whose page writes it.
func takeTitle(c *Chart, option drawing.Object) {
	for _, title := range objects(option["title"]) {
		if text, ok := title["text"].(string); ok && c.Title == "" {
			c.Title = drawing.CleanText(text)
		}
		if text, ok := title["subtext"].(string); ok && c.Subtitle == "" {
			c.Subtitle = drawing.CleanText(text)
		}
	}
	delete(option, "title")
}

// dropDefaults removes what go-echarts sets by itself: the colours of its own theme.
func dropDefaults(option drawing.Object) {
	if colors, ok := option["color"].([]any); ok && len(colors) == 9 && colors[0] == "#5470c6" && colors[8] == "#ea7ccc" {
		delete(option, "color")
	}
	if toolbox, ok := option["toolbox"].(drawing.Object); ok && len(toolbox) == 0 {
		delete(option, "toolbox")
	}
}

// unsafeKeys are those by which an option would bring markup, styles, pictures or
// addresses into the page, and the parts of a chart that need them.
var unsafeKeys = []string{
	"toolbox", "graphic", "geo", "brush", "extraCssText", "className", "appendToBody", "renderMode", "image", "link", "sublink", "rich",
}

// sanitize returns a copy of an option without what the extension refuses, and adds
// to left the places of what it left out. Empty lists and objects go silently: the
// kernel would make lists null.
func sanitize(v any, path string, left *[]string) any {
	switch v := v.(type) {
	case drawing.Object:
		copied := drawing.Object{}
		for _, key := range slices.Sorted(maps.Keys(v)) {
			place := strings.TrimPrefix(path+"."+key, ".")
			if slices.Contains(unsafeKeys, key) || strings.HasSuffix(key, "3D") || isCode(v[key], place) {
				*left = append(*left, place)
				continue
			}
			if element := sanitize(v[key], place, left); element != nil {
				copied[key] = element
			}
		}
		return copied
	case []any:
		var elements []any
		for _, element := range v {
			elements = append(elements, sanitize(element, path, left))
		}
		if elements == nil {
			return nil
		}
		return elements
	case string:
		return drawing.Literal(drawing.CleanText(v))
	}
	return v
}

// isCode reports whether a value is a function, markup of a tooltip, or an address.
func isCode(v any, place string) bool {
	s, ok := v.(string)
	return ok && (strings.Contains(s, "__f__") ||
		strings.HasPrefix(s, "image://") ||
		strings.Contains(place, "tooltip") && strings.HasSuffix(place, "ormatter"))
}

// objects is a value that is one object or a list of them.
func objects(v any) (all []drawing.Object) {
	switch v := v.(type) {
	case drawing.Object:
		return []drawing.Object{v}
	case []any:
		for _, element := range v {
			if o, ok := element.(drawing.Object); ok {
				all = append(all, o)
			}
		}
	}
	return all
}
