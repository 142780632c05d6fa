package plot

import (
	"strconv"
	"strings"

	"github.com/interleave-lab/interleave/kernel-helpers/plot/internal/scene"
)

// object is a JSON object.
type object = map[string]any

// literal protects text that a reader wrote from being taken for one of the
// names that the renderer replaces ("@color/..."): a zero-width space in front
// of a leading "@".
func literal(s string) string {
	if strings.HasPrefix(s, "@") {
		return "\u200b" + s
	}
	return s
}

// Measures that the interactive and the static drawing share, in CSS pixels.
const (
	fullWidth   = 1100 // of a chart; narrower pages shrink it
	labelMargin = 10   // between an axis' labels and the drawing
	rightMargin = 28   // room for half of the last tick's label
	axisHeight  = 22   // ticks and their labels
	zoomHeight  = 24   // the slider below a timeline
	labelSize   = 12   // font size of lane and bar labels
	tickSize    = 11   // font size of an axis' figures
)

func pixels(n int) string { return strconv.Itoa(n) }

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
	short := s
	for n := len([]rune(s)) - 1; n > 1 && scene.TextWidth(short, size, isBold)*fontSlack > width; n-- {
		short = elide(s, n)
	}
	return short
}
