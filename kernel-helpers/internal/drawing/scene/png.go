package scene

import (
	"maps"
	"math"
	"slices"
)

// scale is device pixels to a CSS pixel: sharp on today's screens.
const scale = 2

// PNG returns the drawing at twice its size in CSS pixels.
func (s *Scene) PNG() []byte {
	c := newCanvas(s.Width*scale, s.Height*scale, s.Background)
	// Colours with a name come first: the palette may fill with those mixed of them.
	fills, strokes := s.colors()
	for _, named := range []map[Color]bool{fills, strokes} {
		for _, color := range slices.Sorted(maps.Keys(named)) {
			c.index(color)
		}
	}
	return c.encode(func() {
		for _, mark := range s.Marks {
			mark.png(c)
		}
	})
}

func (r Rect) png(c *canvas) {
	x, y, w, h, radius := r.X*scale, r.Y*scale, r.W*scale, r.H*scale, r.Radius*scale
	if !c.reaches(y, y+h) {
		return
	}
	if r.Style.Stroke != "" {
		c.fillRect(x, y, w, h, radius, paint{c.index(r.Style.Stroke)})
		x, y, w, h, radius = x+scale, y+scale, w-2*scale, h-2*scale, max(radius-scale, 0)
	}
	if w <= 0 || h <= 0 || r.Style.Fill == "" {
		return
	}
	p := paint{c.index(r.Style.Fill)}
	if r.Style.Hatch != "" {
		p = c.hatched(p[0], c.index(r.Style.Hatch))
	}
	c.fillRect(x, y, w, h, radius, p)
}

func (a Arrow) png(c *canvas) {
	x, from, to, grow := a.X*scale, a.From*scale, a.To*scale, a.Grow*scale
	ink := paint{c.index(a.Color)}

	half := shaftWidth/2*scale + grow
	c.fillRect(x-half, min(from, to), 2*half, math.Abs(to-from), 0, ink)

	r := dotRadius*scale + grow
	c.fillRect(x-r, from-r, 2*r, 2*r, r, ink)

	// The head narrows from its neck to its tip, downwards or upwards.
	tip, neck := to+grow, to-headLength*scale-grow
	if to < from {
		tip, neck = to-grow, to+headLength*scale+grow
	}
	slope := headWidth / 2 / headLength
	c.fill(min(tip, neck), max(tip, neck), ink, func(y float64) (left, right float64) {
		half := math.Abs(y-tip)*slope + grow/2
		return x - half, x + half
	})
}
