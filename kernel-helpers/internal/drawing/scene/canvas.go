package scene

import (
	"math"
	"strconv"
)

// opaque is the coverage of a pixel that is wholly covered. Sixteen steps look
// smooth at twice the size and keep the number of mixed colours small.
const opaque = 15

// canvas is an image with a palette that is drawn on directly: a quarter of the
// memory of a full-colour image, and it needs no reduction before it is encoded.
//
// It holds a band of rows: a program that draws one picture would wait for the memory
// of them all about as long as it takes to draw.
type canvas struct {
	width, height int
	top, bottom   int // the band; bottom is outside
	palette       []rgb

	// Indexes of the palette: of the row above the band, and of its rows, as PNG has
	// them, each behind a 0 for "no filter".
	pix []uint8

	known   map[Color]uint8    // index of a named colour
	mixes   map[uint32]uint8   // index of a colour mixed from two, by amount
	hatches map[[2]uint8]paint // by fill and stripe
}

type rgb struct{ r, g, b uint8 }

// bandRows is how many rows a band has.
const bandRows = 64

// newCanvas returns a canvas above its first band.
func newCanvas(width, height int, background Color) *canvas {
	c := &canvas{
		width: width, height: height,
		pix:     make([]uint8, (1+width)*(1+bandRows)),
		known:   make(map[Color]uint8),
		mixes:   make(map[uint32]uint8),
		hatches: make(map[[2]uint8]paint),
	}
	c.index(background) // the first index is 0, of which the image is full
	return c
}

// stride is from a pixel to the one below it.
func (c *canvas) stride() int { return 1 + c.width }

// next goes on to the band below, and reports whether there is one.
func (c *canvas) next() bool {
	above := c.pix[(c.bottom-c.top)*c.stride():][:c.stride()]
	clear(c.pix[copy(c.pix, above):])
	c.top, c.bottom = c.bottom, min(c.bottom+bandRows, c.height)
	return c.top < c.bottom
}

// reaches reports whether the band has a part of what lies between two heights, in
// device pixels. Most marks lie in other bands.
func (c *canvas) reaches(top, bottom float64) bool {
	return top-1 < float64(c.bottom) && bottom+1 > float64(c.top)
}

// row is the pixels of a row of the band.
func (c *canvas) row(y int) []uint8 { return c.pix[(1+y-c.top)*c.stride()+1:][:c.width] }

// index is the palette's index of a named colour, and 0 of none.
func (c *canvas) index(name Color) uint8 {
	i, ok := c.known[name]
	if !ok && name != "" {
		hex, err := strconv.ParseUint(string(name[1:]), 16, 32)
		if err != nil {
			panic("scene: not a colour: " + string(name))
		}
		i = c.add(rgb{uint8(hex >> 16), uint8(hex >> 8), uint8(hex)})
		c.known[name] = i
	}
	return i
}

// add puts a colour into the palette, or takes the nearest when it is full.
func (c *canvas) add(color rgb) uint8 {
	if len(c.palette) < 256 {
		c.palette = append(c.palette, color)
		return uint8(len(c.palette) - 1)
	}
	square := func(a, b uint8) int { return (int(a) - int(b)) * (int(a) - int(b)) }
	nearest, least := 0, math.MaxInt
	for i, p := range c.palette {
		if far := square(p.r, color.r) + square(p.g, color.g) + square(p.b, color.b); far < least {
			nearest, least = i, far
		}
	}
	return uint8(nearest)
}

// mix is the colour of a pixel below, covered in part by above.
func (c *canvas) mix(below, above uint8, coverage int) uint8 {
	switch {
	case coverage <= 0 || below == above:
		return below
	case coverage >= opaque:
		return above
	}
	key := uint32(below)<<16 | uint32(above)<<8 | uint32(coverage)
	i, ok := c.mixes[key]
	if !ok {
		b, a := c.palette[below], c.palette[above]
		part := func(b, a uint8) uint8 {
			return uint8((int(b)*(opaque-coverage) + int(a)*coverage + opaque/2) / opaque)
		}
		i = c.add(rgb{part(b.r, a.r), part(b.g, a.g), part(b.b, a.b)})
		c.mixes[key] = i
	}
	return i
}

// paint is the colours of a row's pixels, which repeat. Each row begins with the next
// of them, so that they make diagonal stripes; a single one makes none.
type paint []uint8

// hatched is a paint with stripes.
func (c *canvas) hatched(fill, stripe uint8) paint {
	p := c.hatches[[2]uint8{fill, stripe}]
	if p == nil {
		p = make(paint, len(stripes))
		for i, level := range stripes {
			p[i] = c.mix(fill, stripe, int(level))
		}
		c.hatches[[2]uint8{fill, stripe}] = p
	}
	return p
}

// at is the paint's colour at a point.
func (p paint) at(x, y int) uint8 { return p[(x+y)%len(p)] }

// cover gives all pixels of a part of a row the paint's colours; the first of them is
// at x, y.
func (p paint) cover(pixels []uint8, x, y int) {
	n := min(len(p), len(pixels))
	for i := range n {
		pixels[i] = p.at(x+i, y)
	}
	for ; n < len(pixels); n *= 2 {
		copy(pixels[n:], pixels[:n])
	}
}

// stripes is the coverage of diagonal stripes along a row of pixels.
var stripes = func() []uint8 {
	period := hatchPeriod * math.Sqrt2 * scale
	table := make([]uint8, int(math.Round(period)))
	for i := range table {
		table[i] = level(hatchWidth*math.Sqrt2*scale - float64(i))
	}
	return table
}()

// level turns a share of a pixel into a coverage.
func level(share float64) uint8 {
	return uint8(math.Round(min(max(share, 0), 1) * opaque))
}

// fill paints the rows from top to bottom between the edges that outline gives
// for the middle of each, smoothing the edges. All in device pixels.
func (c *canvas) fill(top, bottom float64, p paint, outline func(y float64) (left, right float64)) {
	first, last := max(int(math.Round(top)), c.top), min(int(math.Round(bottom)), c.bottom)
	for y := first; y < last; y++ {
		left, right := outline(float64(y) + 0.5)
		left, right = max(left, 0), min(right, float64(c.width))
		row := c.row(y)
		from, to := int(math.Ceil(left)), int(math.Floor(right)) // whole pixels
		for x := int(left); x < from || x >= to && float64(x) < right; x++ {
			covered := min(right, float64(x+1)) - max(left, float64(x))
			row[x] = c.mix(row[x], p.at(x, y), int(level(covered)))
			if x+1 == from && to > from {
				x = to - 1 // on to the right edge
			}
		}
		if from < to {
			p.cover(row[from:to], from, y)
		}
	}
}

// fillRect paints a rectangle with round corners.
func (c *canvas) fillRect(x, y, w, h, radius float64, p paint) {
	radius = min(radius, w/2, h/2)
	c.fill(y, y+h, p, func(at float64) (left, right float64) {
		// How far the row is into the round of the upper or the lower corners.
		into := max(y+radius-at, at-(y+h-radius), 0)
		inset := radius - math.Sqrt(max(radius*radius-into*into, 0))
		return x + inset, x + w - inset
	})
}
