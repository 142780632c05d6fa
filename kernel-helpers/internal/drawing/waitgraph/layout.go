package waitgraph

import "math"

// Measures of a wait-for graph, in CSS pixels.
const (
	nodeHeight = 30
	nodeRow    = 56 // from one node of a column to the next
	graphGap   = 20 // above and below each part
	edgeShare  = 0.14
)

// layOut gives each node its place: those in a circle on an ellipse, in their order,
// to the left of it in columns those that wait for it, and at the bottom the others.
// The same graph is always laid out the same.
func (g *graph) layOut() {
	placed := make([]bool, len(g.nodes))
	top := 0.0
	for _, circle := range g.circles {
		members := map[int]bool{}
		for _, i := range circle {
			members[i] = true
			placed[i] = true
		}
		// How far is each other node from the circle?
		columns := map[int][]int{}
		deepest := 0
		for i := range g.nodes {
			if placed[i] || g.nodes[i].loud {
				continue
			}
			depth := math.MaxInt
			for to, far := range g.reach(i) {
				if members[to] {
					depth = min(depth, far)
				}
			}
			if depth < math.MaxInt {
				columns[depth] = append(columns[depth], i)
				deepest = max(deepest, depth)
				placed[i] = true
			}
		}
		top = g.placeCircle(circle, columns, deepest, top)
	}
	top = g.placeRest(placed, top)
	g.height = int(max(top, 60))
	g.route()
}

// placeCircle places a circle and the columns in front of it, from top down, and
// returns where the next part begins.
func (g *graph) placeCircle(circle []int, columns map[int][]int, deepest int, top float64) float64 {
	n := len(circle)
	radius := 70.0
	if n == 2 {
		radius = 25
	} else if n > 4 {
		radius = 22 * float64(n)
	}
	half := radius + nodeHeight/2
	for _, column := range columns {
		half = max(half, float64(len(column))*nodeRow/2)
	}
	middle := top + graphGap + half
	left := 0.0 // of the circle
	if deepest > 0 {
		left = min(0.22*float64(deepest), 0.5)
	}
	center, across := (left+1)/2, (1-left)/2-edgeShare
	across = min(across, 0.34)
	for i, at := range circle {
		angle := math.Pi + 2*math.Pi*float64(i)/float64(n) // clockwise, from the left
		g.nodes[at].x, g.nodes[at].y = center+across*math.Cos(angle), middle+radius*math.Sin(angle)
		g.bend(at, circle[(i+1)%n], radius, n)
	}
	for depth, column := range columns {
		for i, at := range column {
			g.nodes[at].x = max(left-left*(float64(depth)-0.5)/float64(deepest), 0.1)
			g.nodes[at].y = middle + (float64(i)-float64(len(column)-1)/2)*nodeRow
		}
	}
	return middle + half + graphGap
}

// bend lets an arrow of a circle follow it.
func (g *graph) bend(from, to int, radius float64, n int) {
	for i, a := range g.arrows {
		if a.from == from && a.to == to {
			g.arrows[i].bow = radius * (1 - math.Cos(math.Pi/float64(n))) * 0.8
			if n == 2 {
				g.arrows[i].bow = 46
			}
		}
	}
}

// placeRest places what waits for no circle in columns: on the right what waits for
// nothing, to the left what waits for that.
func (g *graph) placeRest(placed []bool, top float64) float64 {
	columns := map[int][]int{}
	deepest, most := 0, 0
	for i := range g.nodes {
		if placed[i] {
			continue
		}
		depth := 0
		for to, far := range g.reach(i) {
			if !placed[to] {
				depth = max(depth, far)
			}
		}
		columns[depth] = append(columns[depth], i)
		deepest, most = max(deepest, depth), max(most, len(columns[depth]))
	}
	if most == 0 {
		return top
	}
	middle := top + graphGap + float64(most)*nodeRow/2
	for depth, column := range columns {
		for i, at := range column {
			g.nodes[at].x = 0.5
			if deepest > 0 {
				g.nodes[at].x = 1 - edgeShare - (1-2*edgeShare)*float64(depth)/float64(deepest)
			}
			g.nodes[at].y = middle + (float64(i)-float64(len(column)-1)/2)*nodeRow
		}
	}
	return middle + float64(most)*nodeRow/2 + graphGap
}
