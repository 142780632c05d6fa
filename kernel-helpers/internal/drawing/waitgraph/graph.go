package waitgraph

import (
	"math"
	"slices"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
)

// graph is a wait-for graph: threads and what they wait for, and arrows between
// them. A thread's arrow goes to what it waits for, that one's to its holder.
type graph struct {
	nodes   []node
	arrows  []waitArrow
	circles [][]int // nodes that wait in a circle, in its order, threads first
	hidden  bool    // there are more nodes than are drawn
	height  int     // CSS pixels
}

type node struct {
	label  string
	isLock bool
	loud   bool    // in a circle
	x      float64 // of its middle: a share of the width
	y      float64 // CSS pixels
}

type waitArrow struct {
	from, to int
	loud     bool
	bow      float64 // how far its middle is off the straight line, to the left of its way, in CSS pixels
	line     string
}

func newGraph(edges []Wait) *graph {
	g := &graph{}
	find := func(label string, isLock bool) int {
		i := slices.IndexFunc(g.nodes, func(n node) bool { return n.label == label && n.isLock == isLock })
		switch {
		case i >= 0:
			return i
		case len(g.nodes) == mostNodes:
			g.hidden = true
			return -1
		}
		g.nodes = append(g.nodes, node{label: label, isLock: isLock})
		return len(g.nodes) - 1
	}
	connect := func(from, to int, line string) {
		isKnown := func(a waitArrow) bool { return a.from == from && a.to == to }
		if from >= 0 && to >= 0 && !slices.ContainsFunc(g.arrows, isKnown) {
			g.arrows = append(g.arrows, waitArrow{from: from, to: to, line: line})
		}
	}
	for _, e := range edges {
		waiter, lock := find(e.Waiter, false), find(e.For, true)
		connect(waiter, lock, e.Line)
		if e.Holder != "" {
			connect(lock, find(e.Holder, false), "")
		}
	}
	g.findCircles()
	return g
}

// reach returns the nodes that can be reached from one by at least an arrow, with
// the number of arrows to each.
func (g *graph) reach(from int) map[int]int {
	far := map[int]int{}
	for queue := []int{from}; len(queue) > 0; queue = queue[1:] {
		for _, a := range g.arrows {
			if _, known := far[a.to]; a.from == queue[0] && !known {
				far[a.to] = far[a.from] + 1
				queue = append(queue, a.to)
			}
		}
	}
	return far
}

// findCircles collects the nodes that can be reached from themselves.
func (g *graph) findCircles() {
	for i := range g.nodes {
		ahead := g.reach(i)
		if _, ok := ahead[i]; !ok || g.nodes[i].loud || g.nodes[i].isLock {
			continue
		}
		var circle []int
		for at := i; ; { // the shortest way back
			circle = append(circle, at)
			g.nodes[at].loud = true
			best, least := -1, math.MaxInt
			for _, a := range g.arrows {
				if a.from != at {
					continue
				}
				back, ok := g.reach(a.to)[i]
				if a.to == i {
					back, ok = 0, true
				}
				if ok && back < least && (a.to == i || !slices.Contains(circle, a.to)) {
					best, least = a.to, back
				}
			}
			if best < 0 || best == i {
				break
			}
			at = best
		}
		g.circles = append(g.circles, circle)
	}
	for i, a := range g.arrows {
		for _, circle := range g.circles {
			at := slices.Index(circle, a.from)
			g.arrows[i].loud = g.arrows[i].loud || at >= 0 && circle[(at+1)%len(circle)] == a.to
		}
	}
}

func (g *graph) legend() []drawing.LegendItem {
	if len(g.arrows) == 0 {
		return nil
	}
	return []drawing.LegendItem{{Mark: drawing.LineMark, Color: 2, Label: "Waits for"}, {Mark: drawing.LineMark, Color: 4, Label: "Is held by"}}
}
