package drawing

import (
	"strings"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing/scene"
)

// Object is a JSON object.
type Object = map[string]any

// CustomSeries is a series that a function of the renderer draws, whose data items
// have their values for the axes in the elements x and y.
func CustomSeries(name, draw string, z float64, x, y []any) Object {
	return Object{"type": "custom", "name": name, "renderItem": draw, "z": z, "encode": Object{"x": x, "y": y}}
}

// Literal protects text that a reader wrote from being taken for one of the
// names that the renderer replaces ("@color/..."): a zero-width space in front
// of a leading "@".
func Literal(s string) string {
	if strings.HasPrefix(s, "@") {
		return "\u200b" + s
	}
	return s
}

// Measures that the interactive and the static drawing share, in CSS pixels.
const (
	FullWidth   = 1100 // of a chart; narrower pages shrink it
	LabelMargin = 10   // between an axis' labels and the drawing
	RightMargin = 28   // room for half of the last tick's label
	AxisHeight  = 22   // ticks and their labels
	LabelSize   = 12   // font size of lane and bar labels
	TickSize    = 11   // font size of an axis' figures
)

// LabelColumn shortens labels until they fit into a column of at most most
// pixels, and returns them with the column's width.
func LabelColumn(labels []string, isBold bool, most float64) (short []string, width float64) {
	short = make([]string, len(labels))
	for i, label := range labels {
		short[i] = Fit(label, LabelSize, isBold, most)
		width = max(width, scene.TextWidth(short[i], LabelSize, isBold)*FontSlack)
	}
	return short, width
}

// FontSlack is how much wider a reader's font may be than the one measured.
const FontSlack = 1.2

// Fit elides s to at most width pixels.
func Fit(s string, size float64, isBold bool, width float64) string {
	if len(s) > 500 { // measuring a novel takes long, and no column fits one
		s = elide(s, 200)
	}
	short := s
	for n := len([]rune(s)) - 1; n > 1 && scene.TextWidth(short, size, isBold)*FontSlack > width; n-- {
		short = elide(s, n)
	}
	return short
}
