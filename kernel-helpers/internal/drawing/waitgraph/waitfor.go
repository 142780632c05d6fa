// Package waitgraph draws who waits for whom. A program that imports it, as all that
// draw do, draws the deadlocks that package locks finds.
//
// A [WaitFor] becomes a graph, whose circles are found (graph.go), which is laid out
// (layout.go) with arrows that run around nodes of others (route.go), and which gives
// the static drawing and the option for ECharts (figure.go). Readers know it under
// names of package plot.
package waitgraph

import (
	"fmt"
	"strings"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
)

// WaitFor is a wait-for graph: which thread waits for which lock, and who holds it.
// Whatever waits in a circle waits for ever: that is a deadlock, and drawn loud.
type WaitFor struct {
	Title    string // the author's
	Subtitle string // the finding; "": the circle in words
	Text     string // one true sentence; "": title and finding
	Edges    []Wait
}

// Wait is one wait: of a thread, for a lock or for anything else that has a name.
type Wait struct {
	Waiter, For string
	Holder      string // who has what is waited for; "": nobody that is known
	Line        string // where it waits, such as "`mu.Lock()` (main)", shown without its backticks; may be ""
}

// mostNodes is how many threads and locks a wait-for graph draws.
const mostNodes = 40

// Chart returns the chart that shows w. It draws the first 40 threads and locks, and
// has all waits in its table.
func (w WaitFor) Chart() *drawing.Chart {
	edges := make([]Wait, len(w.Edges))
	for i, e := range w.Edges {
		edges[i] = Wait{drawing.CleanText(e.Waiter), drawing.CleanText(e.For), drawing.CleanText(e.Holder), bareCode(drawing.CleanText(e.Line))}
	}
	g := newGraph(edges)
	g.layOut()
	chart := drawing.New(drawing.Chart{
		Kind: "waitfor", Option: g.option(), Legend: g.legend(), Height: g.height,
		Title: drawing.CleanText(w.Title), Subtitle: drawing.CleanText(w.Subtitle), Text: drawing.CleanText(w.Text),
		Table: waitTable(edges),
	}, graphFigure{g})
	if chart.Subtitle == "" {
		chart.Subtitle = g.finding(edges)
	}
	if chart.Text == "" {
		chart.Text = drawing.Sentence(chart.Title, "", chart.Subtitle)
	}
	if g.hidden {
		chart.Subtitle += fmt.Sprintf(" Drawn: the first %d threads and locks.", mostNodes)
	}
	return chart
}

// bareCode takes the backticks off the code that line begins with, which mean
// something in a sentence and nothing in a drawing: "`mu.Lock()` (main)".
func bareCode(line string) string {
	end := strings.LastIndexByte(line, '`')
	if end < 1 || line[0] != '`' {
		return line
	}
	return line[1:end] + line[end+1:]
}

func waitTable(edges []Wait) drawing.Table {
	table := drawing.Table{Header: []string{"Who", "Waits for", "Held by", "Where"}}
	for _, e := range edges {
		table.Rows = append(table.Rows, []string{e.Waiter, e.For, e.Holder, e.Line})
	}
	return table
}

// finding tells the first circle in words.
func (g *graph) finding(edges []Wait) string {
	if len(g.circles) == 0 {
		switch len(edges) {
		case 0:
			return "Nobody waits."
		case 1:
			return "1 wait, and no circle."
		}
		return fmt.Sprintf("%d waits, none in a circle.", len(edges))
	}
	var b strings.Builder
	b.WriteString("A deadlock: ")
	circle := g.circles[0]
	for i := range circle {
		node := g.nodes[circle[i]]
		switch {
		case i == 0:
			b.WriteString(node.label)
		case node.isLock:
			b.WriteString(" waits for " + node.label)
		default:
			b.WriteString(", held by " + node.label + ", which")
		}
	}
	first := g.nodes[circle[0]].label
	if len(circle) == 2 {
		return b.String() + ", which it holds itself."
	}
	return b.String() + ", held by " + first + "."
}
