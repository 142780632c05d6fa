package waitgraph

import (
	"fmt"
	"os"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/waitfor"
)

// Package locks, which finds deadlocks, does not import this one: it would cost
// cells that need no chart.
func init() {
	waitfor.Draw = func(circle []waitfor.Edge) {
		graph := WaitFor{Title: "Deadlock"}
		for _, e := range circle {
			graph.Edges = append(graph.Edges, Wait{Waiter: e.Waiter, For: e.Lock, Holder: e.Holder, Line: e.Line})
		}
		if err := graph.Chart().Show(); err != nil {
			fmt.Fprintln(os.Stderr, "plot: cannot show the deadlock:", err)
		}
	}
}
