package scene

import (
	"math"
	"slices"
)

// coverage is how much of each device pixel a shape covers, so that a shape of
// many parts is painted once. Only the pixels of a box around the parts are kept.
type coverage struct {
	left, top, right, bottom int // the box; right and bottom are outside
	levels                   []uint8
}

// grow makes the box include another, within the canvas' band.
func (v *coverage) grow(c *canvas, left, top, right, bottom float64) {
	l, t := max(int(left), 0), max(int(top), c.top)
	r, b := min(int(math.Ceil(right)), c.width), min(int(math.Ceil(bottom)), c.bottom)
	if len(v.levels) > 0 {
		l, t, r, b = min(l, v.left), min(t, v.top), max(r, v.right), max(b, v.bottom)
		if l == v.left && t == v.top && r == v.right && b == v.bottom {
			return
		}
		// Twice as far, since a line goes on in its direction.
		l, r = max(0, l-(v.left-l)), min(c.width, r+(r-v.right))
		t, b = max(c.top, t-(v.top-t)), min(c.bottom, b+(b-v.bottom))
	}
	if l >= r || t >= b {
		return
	}
	grown := coverage{l, t, r, b, make([]uint8, (r-l)*(b-t))}
	for y := v.top; y < v.bottom; y++ {
		copy(grown.row(y)[v.left-l:], v.row(y))
	}
	*v = grown
}

func (v *coverage) row(y int) []uint8 {
	width := v.right - v.left
	return v.levels[(y-v.top)*width:][:width]
}

// capsule covers what is within radius of the line from a to b, in CSS pixels.
func (v *coverage) capsule(c *canvas, a, b Point, radius float64) {
	const longest = 32 // a slanting line has a large box around it, two halves have less
	if math.Abs(b.X-a.X) > longest && math.Abs(b.Y-a.Y) > longest {
		middle := Point{(a.X + b.X) / 2, (a.Y + b.Y) / 2}
		v.capsule(c, a, middle, radius)
		v.capsule(c, middle, b, radius)
		return
	}
	ax, ay, bx, by, r := a.X*scale, a.Y*scale, b.X*scale, b.Y*scale, radius*scale
	left, right := min(ax, bx)-r-1, max(ax, bx)+r+1
	top, bottom := min(ay, by)-r-1, max(ay, by)+r+1
	v.grow(c, left, top, right, bottom)
	dx, dy := bx-ax, by-ay
	length := dx*dx + dy*dy
	for y := max(int(top), v.top); y < min(int(bottom)+1, v.bottom); y++ {
		row := v.row(y)
		for x := max(int(left), v.left); x < min(int(right)+1, v.right); x++ {
			px, py := float64(x)+0.5-ax, float64(y)+0.5-ay
			along := 0.0
			if length > 0 {
				along = min(max((px*dx+py*dy)/length, 0), 1)
			}
			far := math.Hypot(px-along*dx, py-along*dy)
			row[x-v.left] = max(row[x-v.left], level(r+0.5-far))
		}
	}
}

// polygon covers the inside of an outline, in CSS pixels, by the even-odd rule.
func (v *coverage) polygon(c *canvas, points []Point) {
	if len(points) < 3 {
		return
	}
	const rows = 4 // sampled in each pixel
	left, top, right, bottom := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, p := range points {
		left, right = min(left, p.X*scale), max(right, p.X*scale)
		top, bottom = min(top, p.Y*scale), max(bottom, p.Y*scale)
	}
	v.grow(c, left, top, right, bottom)
	shares := make([]float64, v.right-v.left)
	for y := v.top; y < v.bottom; y++ {
		clear(shares)
		for sample := range rows {
			crossings := crossings(points, float64(y)+(float64(sample)+0.5)/rows)
			for i := 0; i+1 < len(crossings); i += 2 {
				from, to := crossings[i]-float64(v.left), crossings[i+1]-float64(v.left)
				for x := max(int(from), 0); x < min(int(math.Ceil(to)), len(shares)); x++ {
					shares[x] += (min(to, float64(x+1)) - max(from, float64(x))) / rows
				}
			}
		}
		row := v.row(y)
		for x, share := range shares {
			row[x] = max(row[x], level(share))
		}
	}
}

// crossings is where an outline crosses a row of device pixels, in order.
func crossings(points []Point, y float64) (xs []float64) {
	for i, b := range points {
		a := points[(i+len(points)-1)%len(points)]
		ay, by := a.Y*scale, b.Y*scale
		if (ay <= y) != (by <= y) {
			xs = append(xs, scale*(a.X+(y-ay)/(by-ay)*(b.X-a.X)))
		}
	}
	slices.Sort(xs)
	return xs
}

// paint puts ink where the shape covers, alpha of it.
func (v *coverage) paint(c *canvas, ink uint8, alpha float64) {
	for y := v.top; y < v.bottom; y++ {
		pixels := c.row(y)[v.left:]
		for x, level := range v.row(y) {
			if level > 0 {
				pixels[x] = c.mix(pixels[x], ink, int(math.Round(float64(level)*alpha)))
			}
		}
	}
}

func (p Polygon) colors(fills, _ map[Color]bool) { fills[p.Fill] = true }

func (p Polygon) svg(w *svgWriter) {
	w.put(`<polygon fill="`, string(p.Fill), `" points="`)
	w.points(p.Points)
	w.put(`"/>`)
}

func (p Polygon) png(c *canvas) {
	var cover coverage
	cover.polygon(c, p.Points)
	cover.paint(c, c.index(p.Fill), 1)
}
