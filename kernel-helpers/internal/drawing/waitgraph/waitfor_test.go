package waitgraph

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing/drawingtest"
	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing/scene"
)

func TestCharts(t *testing.T) { drawingtest.Run(t, samples(), extremes()) }

func TestCirclesAreFoundAndTold(t *testing.T) {
	for _, c := range []struct {
		name    string
		edges   []Wait
		circles int
		want    string
	}{
		{"nothing", nil, 0, "Nobody waits."},
		{"a line", []Wait{{"a", "1", "b", ""}, {"b", "2", "", ""}}, 0, "2 waits, none in a circle."},
		{"a re-entry", []Wait{{"a", "1", "a", ""}}, 1, "A deadlock: a waits for 1, which it holds itself."},
		{"two", []Wait{{"a", "1", "b", ""}, {"b", "2", "a", ""}}, 1, "A deadlock: a waits for 1, held by b, which waits for 2, held by a."},
		{"one in front of two", []Wait{{"c", "1", "b", ""}, {"a", "1", "b", ""}, {"b", "2", "a", ""}}, 1, "A deadlock: b waits for 2, held by a, which waits for 1, held by b."},
		{"a thread named like a lock", []Wait{{"a", "a", "", ""}}, 0, "1 wait, and no circle."},
		{"twice two", []Wait{{"a", "1", "b", ""}, {"b", "2", "a", ""}, {"c", "3", "d", ""}, {"d", "4", "c", ""}}, 2, "A deadlock: a waits for 1, held by b, which waits for 2, held by a."},
	} {
		g := newGraph(c.edges)
		if got := g.finding(c.edges); got != c.want || len(g.circles) != c.circles {
			t.Errorf("%s: %d circles, %q; want %d, %q", c.name, len(g.circles), got, c.circles, c.want)
		}
	}
}

func TestLabelsShowCodeWithoutBackticks(t *testing.T) {
	for line, want := range map[string]string{
		"":                      "",
		"`":                     "`",
		"main":                  "main",
		"`mu.Lock()`":           "mu.Lock()",
		"`mu.Lock()` (main)":    "mu.Lock() (main)",
		"`get(`a`).Lock()` (f)": "get(`a`).Lock() (f)",
	} {
		if got := bareCode(line); got != want {
			t.Errorf("bareCode(%q) = %q, want %q", line, got, want)
		}
	}
	chart := deadlock().Chart()
	if svg := chart.SVG(); strings.Contains(svg, "`") || !strings.Contains(svg, ">second.Lock() (dine)<") {
		t.Error("the drawing has backticks, or no code")
	}
}

func TestLabelsLieOverAllArrows(t *testing.T) {
	svg := deadlock().Chart().SVG()
	label, arrow := strings.Index(svg, "second.Lock()"), strings.LastIndex(svg, "<polyline")
	if label < arrow {
		t.Error("an arrow is drawn after a label, and may cross its text")
	}
}

func TestNodesDoNotLieOnEachOther(t *testing.T) {
	graphs := map[string]WaitFor{"deadlock": deadlock()}
	for n := 2; n <= 6; n++ {
		graphs[fmt.Sprint(n, " threads")] = ring(n)
	}
	for name, w := range graphs {
		g := newGraph(w.Edges)
		g.layOut()
		for i, a := range g.nodes {
			if a.x < 0.05 || a.x > 0.95 || a.y < nodeHeight/2 || a.y > float64(g.height)-nodeHeight/2 {
				t.Errorf("%s: %s is at %.2f, %.0f", name, a.label, a.x, a.y)
			}
			for _, b := range g.nodes[:i] {
				if math.Abs(a.y-b.y) < nodeHeight && math.Abs(a.x-b.x)*(drawing.Width-2*drawing.Margin) < 90 {
					t.Errorf("%s: %s and %s lie on each other", name, a.label, b.label)
				}
			}
		}
	}
}

// ring is n threads that wait for each other.
func ring(n int) (w WaitFor) {
	for i := range n {
		w.Edges = append(w.Edges, Wait{fmt.Sprint("T", i), fmt.Sprint("lock ", i), fmt.Sprint("T", (i+1)%n), "cell 1, line 2"})
	}
	return w
}

func TestArrowsRunThroughNoNodeOfOthers(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for round := range 400 {
		var w WaitFor
		threads, locks := 2+random.IntN(5), 1+random.IntN(6) // at most 12 nodes
		for range 1 + random.IntN(threads) {
			holder := ""
			if random.IntN(5) > 0 {
				holder = fmt.Sprint("worker ", random.IntN(threads))
			}
			w.Edges = append(w.Edges, Wait{fmt.Sprint("worker ", len(w.Edges)), fmt.Sprint("lock ", random.IntN(locks)), holder, ""})
		}
		g := newGraph(w.Edges)
		g.layOut()
		for _, width := range []float64{760, 840, drawing.Width - 2*drawing.Margin, 1000, 1100} {
			boxes := g.boxes(0, 0, width)
			for _, a := range g.arrows {
				way := curve(boxes[a.from], boxes[a.to], a.bow)
				for i, box := range boxes {
					isIn := func(p scene.Point) bool {
						return p.X > box.X && p.X < box.X+box.W && p.Y > box.Y && p.Y < box.Y+box.H
					}
					if i != a.from && i != a.to && slices.ContainsFunc(way, isIn) {
						t.Errorf("%d, %v: %v wide, the arrow from %s to %s runs through %s", round, w.Edges, width, g.nodes[a.from].label, g.nodes[a.to].label, g.nodes[i].label)
					}
				}
			}
		}
	}
}
