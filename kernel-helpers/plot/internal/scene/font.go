package scene

import (
	"sync"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// The Go fonts measure text for every back end and draw it in PNG. Browsers draw
// SVG text in a font of their own, so leave a tenth of the width spare.
var (
	regular = sync.OnceValue(func() *sfnt.Font { return parse(goregular.TTF) })
	bold    = sync.OnceValue(func() *sfnt.Font { return parse(gobold.TTF) })
)

func parse(ttf []byte) *sfnt.Font {
	f, err := sfnt.Parse(ttf)
	if err != nil {
		panic("scene: " + err.Error()) // the font is part of the program
	}
	return f
}

func fontOf(isBold bool) *sfnt.Font {
	if isBold {
		return bold()
	}
	return regular()
}

// TextWidth is the width of s in pixels at a font size of size pixels.
func TextWidth(s string, size float64, isBold bool) float64 {
	f := fontOf(isBold)
	var buf sfnt.Buffer
	var sum fixed.Int26_6
	// Measured at 64 pixels to the em for precision, and scaled.
	for _, r := range s {
		if unicode.In(r, unicode.Mn, unicode.Cf) {
			continue // drawn on or between its neighbours
		}
		glyph, err := f.GlyphIndex(&buf, r)
		if err != nil {
			continue
		}
		if glyph == 0 {
			sum += fixed.I(60) // most likely a wide character of another font
			continue
		}
		advance, err := f.GlyphAdvance(&buf, glyph, fixed.I(64), font.HintingNone)
		if err != nil {
			continue
		}
		sum += advance
	}
	return float64(sum) / 64 / 64 * size
}
