package waitgraph

import (
	"fmt"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
)

// samples are charts as lessons show them, and as nobody should, by name.
func samples() map[string]*drawing.Chart {
	return map[string]*drawing.Chart{
		"deadlock":      deadlock().Chart(),
		"waits":         WaitFor{Title: "Who waits", Edges: []Wait{{"worker 1", "lock a", "worker 3", "cell 4, line 7"}, {"worker 2", "lock a", "worker 3", "cell 4, line 7"}, {"worker 3", "queue results", "", "cell 4, line 9"}}}.Chart(),
		"strange-waits": WaitFor{Title: "</script>", Edges: []Wait{{"@draw/x", "a lock whose name is far too long to be in any box of any drawing", "@draw/x", "\"<b>\", line 7"}, {"工人 ☃", "\x00", "", ""}}}.Chart(),
	}
}

// extremes only have to be survived.
func extremes() map[string]*drawing.Chart {
	return map[string]*drawing.Chart{
		"nobody waits":     WaitFor{}.Chart(),
		"waits for itself": WaitFor{Edges: []Wait{{"a", "b", "a", ""}}}.Chart(),
		"a crowd waits":    crowd(60).Chart(),
	}
}

// deadlock is three threads in a circle, and two more that wait for them.
func deadlock() WaitFor {
	return WaitFor{
		Title: "Three forks",
		Edges: []Wait{
			{"Aristotle", "fork 2", "Plato", "`second.Lock()` (dine)"},
			{"Plato", "fork 3", "Socrates", "`second.Lock()` (dine)"},
			{"Socrates", "fork 1", "Aristotle", "cell 4, line 7"},
			{"the waiter", "fork 2", "Plato", "`forks[2].Lock()` (func literal in main)"},
			{"main", "the end of Socrates", "Socrates", "cell 5, line 3"},
		},
	}
}

// crowd is n threads that wait for each other's locks in circles of four.
func crowd(n int) (w WaitFor) {
	for i := range n {
		w.Edges = append(w.Edges, Wait{fmt.Sprint("T", i), fmt.Sprint("lock ", i), fmt.Sprint("T", i/4*4+(i+1)%4), fmt.Sprint("cell 1, line ", i)})
	}
	return w
}
