package waitgraph

import (
	"fmt"
	"os"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/waitfor"
)

func init() { waitfor.Drawer = drawer{} }

// drawer draws the deadlocks that package locks finds. That one does not import this
// package: it would cost cells that need no chart.
type drawer struct{}

func (drawer) DrawDeadlock(circle []waitfor.Edge) {
	graph := WaitFor{Title: "Deadlock"}
	for _, e := range circle {
		graph.Edges = append(graph.Edges, Wait{Waiter: e.Waiter, For: e.Lock, Holder: e.Holder, Line: e.Line})
	}
	if err := graph.Chart().Show(); err != nil {
		fmt.Fprintln(os.Stderr, "plot: cannot show the deadlock:", err)
	}
}
