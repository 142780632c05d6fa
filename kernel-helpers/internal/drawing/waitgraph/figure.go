package waitgraph

import (
	"math"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing/scene"
)

// graphFigure draws a wait-for graph that has been laid out.
type graphFigure struct{ *graph }

const (
	nodeWidth   = 170 // the most, in CSS pixels
	nodePadding = 12
	labelWidth  = 150 // the most, of an arrow
	loudWidth   = 2.5
	quietWidth  = 1.5
)

func (f graphFigure) Height() int {
	height := f.graph.height
	if len(f.arrows) > 0 {
		height += drawing.LegendHeight
	}
	return height
}

func (f graphFigure) Draw(s *scene.Scene, top float64) {
	drawing.Legend(s, f.legend(), top)
	if len(f.arrows) > 0 {
		top += drawing.LegendHeight
	}
	boxes := f.boxes(drawing.Margin, top, drawing.Width-2*drawing.Margin)
	for _, loud := range []bool{false, true} { // what is loud lies above
		for _, a := range f.arrows {
			if a.loud == loud {
				f.drawArrow(s, a, boxes[a.from], boxes[a.to])
			}
		}
	}
	for _, a := range f.arrows { // over all arrows, so that none crosses a text
		a.drawLabel(s, boxes[a.from], boxes[a.to])
	}
	for i, n := range f.nodes {
		n.draw(s, boxes[i])
	}
}

// short is the node's label, short enough for its box.
func (n node) short() string {
	return drawing.Fit(n.label, drawing.LabelSize, true, nodeWidth-2*nodePadding)
}

// radius tells threads, which have round ends, from locks.
func (n node) radius() float64 {
	if n.isLock {
		return 3
	}
	return nodeHeight / 2
}

func (n node) draw(s *scene.Scene, box scene.Rect) {
	style := scene.Style{Fill: drawing.SurfaceColor, Stroke: drawing.MutedColor}
	ink := drawing.TextColor
	if n.isLock {
		style, ink = drawing.Looks[drawing.Held].Style, drawing.LockTextColor
	}
	if n.loud {
		edge := box
		edge.Style = scene.Style{Fill: drawing.Looks[drawing.Contending].Style.Stroke}
		s.Add(edge)
		box.X, box.Y, box.W, box.H, box.Radius = box.X+2, box.Y+2, box.W-4, box.H-4, max(box.Radius-2, 1)
		style.Stroke = ""
	}
	box.Style = style
	s.Add(box, scene.Text{X: box.X + box.W/2, Y: box.Y + box.H/2 + 4, Size: drawing.LabelSize, Bold: true, Anchor: scene.Middle, Color: ink, String: n.short()})
}

// drawArrow draws an arrow from the edge of one box to the edge of another.
func (f graphFigure) drawArrow(s *scene.Scene, a waitArrow, from, to scene.Rect) {
	ink, width := drawing.Looks[drawing.Contending].Style.Stroke, quietWidth
	if f.nodes[a.from].isLock {
		ink = drawing.LockEdgeColor
	}
	if a.loud {
		width = loudWidth
	}
	const headLength, headWidth = 10, 5
	way := curve(from, to, a.bow)
	if len(way) < 2 {
		return
	}
	tip, neck := way[len(way)-1], way[max(len(way)-3, 0)]
	length := math.Hypot(tip.X-neck.X, tip.Y-neck.Y)
	dx, dy := (tip.X-neck.X)/length, (tip.Y-neck.Y)/length
	base := scene.Point{X: tip.X - dx*headLength, Y: tip.Y - dy*headLength}
	shaft := way[:0:0]
	for _, p := range way {
		if math.Hypot(p.X-tip.X, p.Y-tip.Y) > headLength {
			shaft = append(shaft, p)
		}
	}
	s.Add(
		scene.Line{Points: append(shaft, base), Width: width, Color: ink},
		scene.Polygon{Points: []scene.Point{tip, {X: base.X - dy*headWidth, Y: base.Y + dx*headWidth}, {X: base.X + dy*headWidth, Y: base.Y - dx*headWidth}}, Fill: ink},
	)
}

// short is where the arrow's thread waits, short enough for the drawing.
func (a waitArrow) short() string { return drawing.Fit(a.line, drawing.TickSize, false, labelWidth) }

// drawLabel writes where a thread waits on its arrow, or beside one that the text
// would hide, on a halo that keeps lines off the text.
func (a waitArrow) drawLabel(s *scene.Scene, from, to scene.Rect) {
	way := curve(from, to, a.bow)
	if a.line == "" || len(way) < 2 {
		return
	}
	const labelHeight = 18
	w := scene.TextWidth(a.short(), drawing.TickSize, false)*drawing.FontSlack + 8
	middle, start, tip := way[len(way)/2], way[0], way[len(way)-1]
	if across, down := tip.X-start.X, tip.Y-start.Y; math.Abs(across) < w+60 && math.Abs(down) < 40 {
		far := math.Hypot(across, down)
		dx, dy := across/far, down/far
		// So far to the side that no corner of the halo reaches the line.
		aside := math.Abs(dx)*labelHeight/2 + math.Abs(dy)*w/2 + loudWidth + 3
		middle.X, middle.Y = middle.X+aside*dy, middle.Y-aside*dx
	}
	s.Add(scene.Rect{X: middle.X - w/2, Y: middle.Y - labelHeight/2, W: w, H: labelHeight, Radius: 2, Style: scene.Style{Fill: drawing.SurfaceColor}},
		scene.Text{X: middle.X, Y: middle.Y + 4, Size: drawing.TickSize, Anchor: scene.Middle, Color: drawing.TextColor, String: a.short()})
}

// curve is the way of an arrow outside of its boxes, bent to the left of its
// direction by bow pixels. The extension has the same (draw/curve.ts).
func curve(from, to scene.Rect, bow float64) (way []scene.Point) {
	const parts, gap = 40, 3
	ax, ay := from.X+from.W/2, from.Y+from.H/2
	bx, by := to.X+to.W/2, to.Y+to.H/2
	length := math.Hypot(bx-ax, by-ay)
	if length == 0 {
		return nil
	}
	cx, cy := (ax+bx)/2+2*bow*(by-ay)/length, (ay+by)/2-2*bow*(bx-ax)/length
	isIn := func(r scene.Rect, p scene.Point) bool {
		return p.X > r.X-gap && p.X < r.X+r.W+gap && p.Y > r.Y-gap && p.Y < r.Y+r.H+gap
	}
	for i := range parts + 1 {
		t := float64(i) / parts
		p := scene.Point{
			X: (1-t)*(1-t)*ax + 2*t*(1-t)*cx + t*t*bx,
			Y: (1-t)*(1-t)*ay + 2*t*(1-t)*cy + t*t*by,
		}
		if !isIn(from, p) && !isIn(to, p) {
			way = append(way, p)
		}
	}
	return way
}

// option describes the graph for ECharts: two axes that are not shown, and all
// nodes and arrows for the drawing functions.
func (g *graph) option() drawing.Object {
	flag := func(b bool) any {
		if b {
			return 1.0
		}
		return 0.0
	}
	nodes := drawing.CustomSeries("nodes", "@draw/wait-node", 3, []any{0.0}, []any{1.0})
	arrows := drawing.CustomSeries("arrows", "@draw/wait-arrow", 2, nil, nil)
	delete(arrows, "encode")
	if len(g.nodes) > 0 {
		nodes["data"] = drawing.List(g.nodes, func(n node) any {
			return []any{n.x, n.y, drawing.Literal(n.short()), drawing.Literal(n.label), flag(n.isLock), flag(n.loud)}
		})
	}
	series := []any{nodes}
	if len(g.arrows) > 0 {
		arrows["data"] = drawing.List(g.arrows, func(a waitArrow) any {
			return []any{float64(a.from), float64(a.to), a.bow, flag(a.loud), drawing.Literal(a.short()), drawing.Literal(a.line)}
		})
		series = append(series, arrows)
	}
	return drawing.Object{
		"grid":    drawing.Object{"left": 0.0, "right": 0.0, "top": 0.0, "bottom": 0.0},
		"xAxis":   drawing.Object{"type": "value", "min": 0.0, "max": 1.0, "show": false},
		"yAxis":   drawing.Object{"type": "value", "min": 0.0, "max": float64(g.height), "inverse": true, "show": false},
		"tooltip": drawing.Object{"trigger": "item", "formatter": "@draw/wait-tooltip"},
		"series":  series,
	}
}
