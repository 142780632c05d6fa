// Package drawing has what all kinds of chart have in common: the chart itself and
// its forms (interactive, page, picture, table, sentence), the theme, text, ticks,
// the legend, and the words of findings.
//
// A kind of chart is a [Figure], which draws the static forms, and an option for
// ECharts; it makes a [Chart] of both with [New]. Timelines are in package gantt,
// wait-for graphs in waitgraph, and what readers ask for by name in package plot,
// which has what they need of this package under names of its own. So a cell links
// the kinds that it draws and no others.
package drawing

import (
	"errors"

	"github.com/interleave-lab/interleave/kernel-helpers/display"
)

// MIME is the type of the interactive form.
const MIME = "application/vnd.interleave.echarts.v1+json"

// Chart is a finished chart. Title, Subtitle and Text may be set anew.
type Chart struct {
	Kind     string         // what it is: "timeline", "bar", "line", "scatter", "histogram", "spread", "speedup", "waitfor" or "echarts"
	Title    string         // the author's
	Subtitle string         // the computed finding, one sentence
	Text     string         // text/plain and the accessible label: one true sentence
	Option   map[string]any // ECharts' option; see docs/architecture.md
	Lanes    []LaneName     // full names of a timeline's rows, in order
	Legend   []LegendItem   // the states or series that it shows, in order
	Height   int            // CSS pixels of the drawing at the full width
	Table    Table          // the same data in rows

	figure Figure // draws the static forms
	err    error  // what was wrong with the data, told by Bundle and Show
}

// New completes a chart with what draws its static forms.
func New(c Chart, f Figure) *Chart {
	c.figure = f
	return &c
}

// Refuse makes Bundle and Show of a chart return err, unless it is nil: what was
// wrong with its data.
func Refuse(c *Chart, err error) { c.err = err }

// Table is a chart's data for those who cannot see it or want the figures.
type Table struct {
	Header []string
	Rows   [][]string
}

// LaneName is a lane's full name; the option holds one that may be shortened.
type LaneName struct {
	Label string
	Kind  Kind
}

// LegendItem explains how a state or a series is drawn.
type LegendItem struct {
	State State // or, of a series:
	Mark  Mark  // what it is drawn with
	Color int   // which of the theme's colours, from 1
	Label string
}

// Mark is what a series is drawn with.
type Mark string

// What a series is drawn with.
const (
	LineMark    Mark = "line"
	DashMark    Mark = "dash"
	DotMark     Mark = "dot"
	BandMark    Mark = "band"    // an interval, with the middle marked
	WhiskerMark Mark = "whisker" // an upright interval
)

// Bundle returns the chart in all its forms, ready for display.Show.
func (c *Chart) Bundle() (display.Bundle, error) {
	if c.err != nil {
		return nil, c.err
	}
	if c.figure == nil {
		return nil, errors.New("plot: an empty Chart; make one with plot.Bar or plot.Timeline")
	}
	drawing := c.scene()
	return display.Bundle{
		MIME:         c.payload(),
		"text/html":  c.html(drawing.SVG(c.alt())),
		"image/png":  drawing.PNG(),
		"text/plain": c.Text,
	}, nil
}

// Show shows the chart under the running cell.
func (c *Chart) Show() error {
	bundle, err := c.Bundle()
	if err != nil {
		return err
	}
	return display.Show(bundle)
}

// payload is the JSON object of the interactive form, in the types that JSON
// decodes to.
func (c *Chart) payload() map[string]any {
	payload := map[string]any{
		"version":  1.0,
		"kind":     c.Kind,
		"title":    c.Title,
		"subtitle": c.Subtitle,
		"text":     c.Text,
		"height":   float64(c.Height),
		"option":   c.Option,
	}
	if len(c.Lanes) > 0 {
		payload["lanes"] = List(c.Lanes, func(l LaneName) any {
			return map[string]any{"label": l.Label, "kind": string(l.Kind)}
		})
	}
	if len(c.Legend) > 0 {
		payload["legend"] = List(c.Legend, func(l LegendItem) any {
			if l.State != "" {
				return map[string]any{"state": string(l.State), "label": l.Label}
			}
			return map[string]any{"mark": string(l.Mark), "color": float64(l.Color), "label": l.Label}
		})
	}
	return payload
}

// List is a JSON array with one element for each item.
func List[T any](items []T, element func(T) any) []any {
	elements := make([]any, len(items))
	for i, item := range items {
		elements[i] = element(item)
	}
	return elements
}
