package scene

import "math"

func (l Line) colors(_, strokes map[Color]bool) { strokes[l.Color] = true }

func (l Line) svg(w *svgWriter) {
	w.put(`<polyline fill="none" stroke-linejoin="round" stroke-linecap="round" stroke="`, string(l.Color), `" stroke-width="`, number(l.Width))
	if l.Dashed {
		w.put(`" stroke-dasharray="`, number(dashLength), " ", number(dashGap))
	}
	w.put(`" points="`)
	w.points(l.Points)
	w.put(`"/>`)
}

func (w *svgWriter) points(points []Point) {
	for i, p := range points {
		if i > 0 {
			w.put(" ")
		}
		w.put(number(p.X), ",", number(p.Y))
	}
}

func (l Line) png(c *canvas) {
	pieces := [][]Point{l.Points}
	if l.Dashed {
		pieces = dashes(l.Points)
	}
	var cover coverage
	for _, piece := range pieces {
		for i := range piece {
			cover.capsule(c, piece[max(i-1, 0)], piece[i], l.Width/2)
		}
	}
	cover.paint(c, c.index(l.Color), 1)
}

// dashes cuts a line into the pieces that are drawn.
func dashes(points []Point) (pieces [][]Point) {
	if len(points) == 0 {
		return nil
	}
	drawn, rest := true, dashLength // of the dash or the gap
	piece := []Point{points[0]}
	for i := 1; i < len(points); i++ {
		from, to := points[i-1], points[i]
		for {
			length := math.Hypot(to.X-from.X, to.Y-from.Y)
			if length <= rest {
				rest -= length
				break
			}
			share := rest / length
			from = Point{from.X + share*(to.X-from.X), from.Y + share*(to.Y-from.Y)}
			if drawn {
				pieces = append(pieces, append(piece, from))
			}
			drawn, rest, piece = !drawn, dashGap, []Point{from}
			if drawn {
				rest = dashLength
			}
		}
		piece = append(piece, to)
	}
	if drawn && len(piece) > 1 {
		pieces = append(pieces, piece)
	}
	return pieces
}

func (d Dots) colors(_, strokes map[Color]bool) { strokes[d.Color] = true }

// svg draws dots as lines without length, which take a third of a circle's text.
func (d Dots) svg(w *svgWriter) {
	w.put(`<g fill="none" stroke-linecap="round" stroke="`, string(d.Color), `" stroke-opacity="`, number(d.Alpha), `" stroke-width="`, number(2*d.Radius), `">`)
	for _, p := range d.Points {
		w.put(`<path d="M`, number(p.X), " ", number(p.Y), `h.01"/>`)
	}
	w.put("</g>")
}

func (d Dots) png(c *canvas) {
	ink := c.index(d.Color)
	for _, p := range d.Points {
		var cover coverage
		cover.capsule(c, p, p, d.Radius)
		cover.paint(c, ink, d.Alpha)
	}
}
