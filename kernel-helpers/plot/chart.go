// Package plot draws charts for notebook cells: what ran when, how long it took and
// how sure that is, and who waits for whom.
//
//	plot.Bar("Primes below 300,000",
//		plot.Time("one thread", alone),
//		plot.Time("3 processes", shared),
//	).Show()
//
// One description gives every form of a chart: the interactive one that the
// JupyterLab extension draws with ECharts, a static SVG and PNG, a table and a
// sentence with what it shows. Bar, Line, Scatter, Histogram and Durations take the
// reader's figures; Spread and SpeedUp are drawn by package measure, timelines by
// package timeline, wait-for graphs by package locks when it finds a deadlock.
//
// Use it for charts about programs that run. It is not a general plotting library:
// for anything else build a chart with go-echarts and give it to Show.
package plot

import (
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
)

// MIME is the type of the interactive form, which JupyterLab's extension draws.
const MIME = drawing.MIME

// Chart is a finished chart. Make one with Bar, Line and the like, or with
// Timeline.Chart or WaitFor.Chart; recordings and measurements return one too. Show
// shows it under the running cell, SVG and PNG return it as a picture, and Bundle in
// all its forms.
//
// Title, Subtitle (the computed finding) and Text (the whole chart in one true
// sentence) may be set anew before it is shown. Table has its data in rows.
type Chart = drawing.Chart

// Table is a chart's data for those who cannot see it or want the figures: a Header,
// and Rows with a text for each of its columns.
type Table = drawing.Table

// LaneName is the full Label and the Kind of a lane, in a Chart's list of them; the
// drawing may have to shorten the label.
type LaneName = drawing.LaneName

// LegendItem explains how a Chart draws a state or a series: by the State, or by
// Mark and Color, the number of one of the theme's colours from 1. Label says what
// it stands for.
type LegendItem = drawing.LegendItem

// Mark is what a series is drawn with.
type Mark = drawing.Mark

// What a series is drawn with.
const (
	LineMark    = drawing.LineMark
	DashMark    = drawing.DashMark
	DotMark     = drawing.DotMark
	BandMark    = drawing.BandMark    // an interval, with the middle marked
	WhiskerMark = drawing.WhiskerMark // an upright interval
)

// FormatDuration writes d as a person would: three significant digits and one
// unit, such as "12.3 ms" or "1.20 s", and from a minute on the two largest of
// days, hours, minutes and seconds, such as "2 min 5 s" or "1 h".
func FormatDuration(d time.Duration) string { return drawing.FormatDuration(d) }
