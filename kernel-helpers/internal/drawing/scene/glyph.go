package scene

import "math"

// png draws t, each character on a whole device pixel.
func (t Text) png(c *canvas) {
	if high := 2 * t.Size; !c.reaches((t.Y-high)*scale, (t.Y+high)*scale) {
		return
	}
	all := theFonts()
	of, ok := all.faces[fontKey{t.Size, t.Bold}]
	if !ok {
		panic("scene: text of a size that fonts.bin does not have")
	}
	ink := c.index(t.Color)
	width := 0.0
	for _, r := range t.String {
		width += all.glyph(of, r).advance
	}
	x, y := t.X*scale, int(math.Round(t.Y*scale))
	switch t.Anchor {
	case Middle:
		x -= width / 2
	case End:
		x -= width
	}
	for _, r := range t.String {
		g := all.glyph(of, r)
		c.stamp(g, int(math.Round(x))+g.x, y+g.y, ink)
		x += g.advance
	}
}

// stamp copies a glyph onto the canvas in the colour ink.
func (c *canvas) stamp(g glyph, left, top int, ink uint8) {
	stride := (g.w + 1) / 2
	for row := max(0, c.top-top); row < min(g.h, c.bottom-top); row++ {
		pixels := c.row(top + row)
		for column := max(0, -left); column < min(g.w, c.width-left); column++ {
			coverage := g.mask[row*stride+column/2] >> 4
			if column%2 == 1 {
				coverage = g.mask[row*stride+column/2] & 15
			}
			if coverage > 0 {
				pixels[left+column] = c.mix(pixels[left+column], ink, int(coverage))
			}
		}
	}
}
