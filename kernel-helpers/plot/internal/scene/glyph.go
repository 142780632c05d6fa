package scene

import (
	"image"
	"image/draw"
	"math"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

type face struct{ font.Face }

type faceKey struct {
	size float64
	bold bool
}

type glyphKey struct {
	faceKey
	r rune
}

// glyph is a character's picture, relative to the point where it is drawn.
type glyph struct {
	mask    *image.Alpha
	bounds  image.Rectangle
	advance float64
}

// text draws t with its characters on whole device pixels, so that each is
// drawn once and then copied.
func (c *canvas) text(t Text) {
	key := faceKey{t.Size * scale, t.Bold}
	ink := c.index(t.Color)
	width := 0.0
	for _, r := range t.String {
		width += c.glyph(key, r).advance
	}
	x, y := t.X*scale, int(math.Round(t.Y*scale))
	switch t.Anchor {
	case Middle:
		x -= width / 2
	case End:
		x -= width
	}
	for _, r := range t.String {
		g := c.glyph(key, r)
		c.stamp(g, int(math.Round(x)), y, ink)
		x += g.advance
	}
}

// stamp copies a glyph onto the canvas in the colour ink.
func (c *canvas) stamp(g glyph, x, y int, ink uint8) {
	if g.mask == nil {
		return
	}
	at := g.bounds.Add(image.Pt(x, y))
	visible := at.Intersect(c.img.Rect)
	for py := visible.Min.Y; py < visible.Max.Y; py++ {
		mask := g.mask.Pix[(py-at.Min.Y)*g.mask.Stride:]
		row := c.img.Pix[py*c.img.Stride:]
		for px := visible.Min.X; px < visible.Max.X; px++ {
			if coverage := int(mask[px-at.Min.X]) * opaque / 255; coverage > 0 {
				row[px] = c.mix(row[px], ink, coverage)
			}
		}
	}
}

func (c *canvas) glyph(key faceKey, r rune) glyph {
	k := glyphKey{key, r}
	g, ok := c.glyphs[k]
	if !ok {
		g = c.face(key).glyph(r)
		c.glyphs[k] = g
	}
	return g
}

func (c *canvas) face(key faceKey) *face {
	f, ok := c.faces[key]
	if !ok {
		// At 72 dots to the inch a point is a pixel.
		f = new(face)
		f.Face, _ = opentype.NewFace(fontOf(key.bold), &opentype.FaceOptions{Size: key.size, DPI: 72}) // fails never
		c.faces[key] = f
	}
	return f
}

// glyph draws a character, a box for one that the font does not have.
func (f *face) glyph(r rune) glyph {
	if unicode.In(r, unicode.Mn, unicode.Cf) {
		return glyph{} // needs the shaping of a browser
	}
	if _, ok := f.GlyphAdvance(r); !ok {
		r = '□'
	}
	bounds, mask, from, advance, ok := f.Glyph(fixed.Point26_6{}, r)
	g := glyph{advance: float64(advance) / 64}
	if ok && !bounds.Empty() {
		g.bounds = bounds
		g.mask = image.NewAlpha(image.Rectangle{Max: bounds.Size()}) // the face draws the next one over its own
		draw.Draw(g.mask, g.mask.Rect, mask, from, draw.Src)
	}
	return g
}
