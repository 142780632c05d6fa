package waitgraph

import (
	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing/scene"
)

// routeWidths are the widths that arrows are routed for, in CSS pixels: the least and
// the most of a page, and that of the static drawing.
var routeWidths = []float64{760, drawing.Width - 2*drawing.Margin, 1100}

// route bends each arrow that would run through a node of others, which would look
// like a wait for that one: as little as it takes, to either side.
func (g *graph) route() {
	const bend, most = 20, 280 // pixels
	boxes := make([][]scene.Rect, len(routeWidths))
	for i, width := range routeWidths {
		boxes[i] = g.boxes(0, 0, width)
	}
	for i, a := range g.arrows {
		best, least := a.bow, g.strays(a, boxes)
		for off := float64(bend); least > 0 && off <= most; off += bend {
			for _, bow := range []float64{a.bow + off, a.bow - off} {
				bent := a
				bent.bow = bow
				if strays := g.strays(bent, boxes); strays < least {
					best, least = bow, strays
				}
			}
		}
		g.arrows[i].bow = best
	}
}

// strays counts the points of an arrow that are in a node which is not its own, or
// outside of the drawing, at all widths.
func (g *graph) strays(a waitArrow, boxes [][]scene.Rect) (n int) {
	const gap = 4
	for w, boxes := range boxes {
		for _, p := range curve(boxes[a.from], boxes[a.to], a.bow) {
			if p.X < 0 || p.X > routeWidths[w] || p.Y < 0 || p.Y > float64(g.height) {
				n++
			}
			for i, box := range boxes {
				if i != a.from && i != a.to && p.X > box.X-gap && p.X < box.X+box.W+gap && p.Y > box.Y-gap && p.Y < box.Y+box.H+gap {
					n++
				}
			}
		}
	}
	return n
}

// boxes are the nodes' boxes in a drawing whose upper left corner is at left and top.
func (g *graph) boxes(left, top, width float64) []scene.Rect {
	boxes := make([]scene.Rect, len(g.nodes))
	for i, n := range g.nodes {
		w := scene.TextWidth(n.short(), drawing.LabelSize, true)*drawing.FontSlack + 2*nodePadding
		boxes[i] = scene.Rect{X: left + n.x*width - w/2, Y: top + n.y - nodeHeight/2, W: w, H: nodeHeight, Radius: n.radius()}
	}
	return boxes
}
