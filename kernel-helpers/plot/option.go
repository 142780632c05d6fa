package plot

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"

	"github.com/interleave-lab/interleave/kernel-helpers/plot/internal/scene"
)

// color names a colour of the reader's theme; draw a function of the renderer.
// Nothing else in an option starts with "@".
func color(name string) string { return "@color/" + name }
func draw(name string) string  { return "@draw/" + name }

// literal protects text that a reader wrote from being taken for a name above:
// a zero-width space in front of a leading "@".
func literal(s string) string {
	if strings.HasPrefix(s, "@") {
		return "\u200b" + s
	}
	return s
}

// plain returns an option built from go-echarts' types as what JSON decodes to.
// They hold strings, numbers and lists of these, so nothing can fail.
func plain[T any](option any) T {
	text, err := json.Marshal(option)
	if err != nil {
		panic("plot: " + err.Error())
	}
	var v T
	if err := json.Unmarshal(text, &v); err != nil {
		panic("plot: " + err.Error())
	}
	return v
}

// Measures that the interactive and the static drawing share, in CSS pixels.
const (
	fullWidth   = 1100 // of a chart; narrower pages shrink it
	labelMargin = 10   // between an axis' labels and the drawing
	rightMargin = 28   // room for half of the last tick's label
	axisHeight  = 30   // ticks and their labels
	zoomHeight  = 24   // the slider below a timeline
	labelSize   = 12   // font size of lane and bar labels
	tickSize    = 11   // font size of an axis' figures
)

func pixels(n int) string { return strconv.Itoa(n) }

func line(name string, width float32) *opts.LineStyle {
	return &opts.LineStyle{Color: color(name), Width: width}
}

// valueAxis is the horizontal axis of both kinds of chart.
func valueAxis(formatter types.FuncStr) opts.XAxis {
	return opts.XAxis{
		Type: "value", SplitNumber: 6,
		AxisLine: &opts.AxisLine{Show: opts.Bool(true), LineStyle: line("muted", 1)},
		AxisTick: &opts.AxisTick{Show: opts.Bool(true), LineStyle: line("muted", 1)},
		AxisLabel: &opts.AxisLabel{
			Color: color("muted"), FontSize: tickSize, Formatter: formatter, HideOverlap: opts.Bool(true),
		},
		SplitLine: &opts.SplitLine{
			Show: opts.Bool(true), LineStyle: &opts.LineStyle{Color: color("grid"), Width: 1, Type: "dashed"},
		},
	}
}

// tooltip is a tooltip whose text a function of the renderer writes.
func tooltip(formatter string) map[string]any {
	return plain[map[string]any](opts.Tooltip{Trigger: "item", Formatter: types.FuncStr(draw(formatter))})
}

// labelColumn shortens labels until they fit into a column of at most most
// pixels, and returns them with the column's width.
func labelColumn(labels []string, isBold bool, most float64) (short []string, width float64) {
	short = make([]string, len(labels))
	for i, label := range labels {
		short[i] = fit(label, labelSize, isBold, most)
		width = max(width, scene.TextWidth(short[i], labelSize, isBold)*fontSlack)
	}
	return short, width
}

// fontSlack is how much wider a reader's font may be than the one measured.
const fontSlack = 1.2

// fit elides s to at most width pixels.
func fit(s string, size float64, isBold bool, width float64) string {
	if len(s) > 500 { // measuring a novel takes long, and no column fits one
		s = elide(s, 200)
	}
	for n := len([]rune(s)) - 1; n > 1 && scene.TextWidth(s, size, isBold)*fontSlack > width; n-- {
		s = elide(s, n)
	}
	return s
}
