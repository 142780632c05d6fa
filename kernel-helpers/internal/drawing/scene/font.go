package scene

import (
	_ "embed"
	"encoding/binary"
	"slices"
	"sync"
	"unicode"
)

// The Go fonts, drawn at the sizes that charts use. They measure text for every
// back end and draw it in PNG; browsers draw SVG text in a font of their own, so
// leave room for a wider one. fonts_test.go draws them: a cell that draws its
// own glyphs takes longer to link and to run.
//
//go:embed fonts.bin
var fontData []byte

// fontSizes are the sizes in CSS pixels in which text can be drawn.
var fontSizes = []fontKey{{15, true}, {12, true}, {12, false}, {11, false}}

type fontKey struct {
	size float64
	bold bool
}

// glyph is a character's picture, relative to the point where it is drawn, in
// device pixels.
type glyph struct {
	advance    float64
	x, y, w, h int
	mask       []byte // coverage of two pixels a byte, the left one in the high bits
}

// fonts.bin holds the number of runes, the runes in order, a record of each glyph
// of each font, and the masks. Numbers are little-endian.
const (
	runeSize   = 2
	recordSize = 10 // advance in 1/64 pixel: 2, x, y, w, h: 1 each, place of the mask: 4
)

type face struct{ records []byte }

type fonts struct {
	runes []rune
	faces map[fontKey]face
}

var theFonts = sync.OnceValue(func() fonts {
	n := int(binary.LittleEndian.Uint16(fontData))
	rest := fontData[runeSize:]
	runes := make([]rune, n)
	for i := range runes {
		runes[i] = rune(binary.LittleEndian.Uint16(rest[i*runeSize:]))
	}
	rest = rest[n*runeSize:]
	faces := make(map[fontKey]face)
	for _, key := range fontSizes {
		faces[key] = face{rest[:n*recordSize]}
		rest = rest[n*recordSize:]
	}
	return fonts{runes, faces}
})

// missing stands for characters that the fonts do not have.
const missing = '□'

// glyph is the picture of r in a font, that of a box if it has none.
func (f fonts) glyph(of face, r rune) glyph {
	if unicode.In(r, unicode.Mn, unicode.Cf) {
		return glyph{} // drawn on or between its neighbours, which takes a browser
	}
	i, ok := slices.BinarySearch(f.runes, r)
	if !ok {
		i, _ = slices.BinarySearch(f.runes, missing)
	}
	record := of.records[i*recordSize:]
	g := glyph{
		advance: float64(binary.LittleEndian.Uint16(record)) / 64,
		x:       int(int8(record[2])), y: int(int8(record[3])),
		w: int(record[4]), h: int(record[5]),
	}
	start := binary.LittleEndian.Uint32(record[6:])
	g.mask = fontData[start : int(start)+(g.w+1)/2*g.h]
	return g
}

// TextWidth is the width of s in CSS pixels at a font size in CSS pixels.
func TextWidth(s string, size float64, bold bool) float64 {
	const measured = 12
	all := theFonts()
	of := all.faces[fontKey{measured, bold}]
	width := 0.0
	for _, r := range s {
		g := all.glyph(of, r)
		if r >= wide && g.advance > 0 {
			g.advance = max(g.advance, measured*scale)
		}
		width += g.advance
	}
	return width / scale / measured * size
}

// wide is where scripts begin whose characters are as wide as high.
const wide = 0x1100
