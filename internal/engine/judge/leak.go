package judge

import (
	"slices"
	"strings"
	"time"

	"github.com/interleave-lab/interleave/internal/engine/outlook"
	"github.com/interleave-lab/interleave/internal/engine/stack"
	"github.com/interleave-lab/interleave/internal/engine/wire"
)

const (
	// glance is the time between two looks at goroutines that are left.
	glance = 5 * time.Millisecond
	// farewell is how long they may wait for what is still to come: a timer, a
	// child process that is about to end.
	farewell = 3 * time.Second
)

// findLeaks ends the process when goroutines of the learner's are still there
// after the check. Those that can still run are waited for; the watchdog's
// limits hold meanwhile.
func (j *judge) findLeaks() {
	until := time.Now().Add(farewell)
	for ; ; outlook.Nap(glance) {
		dump := goroutines()
		left := j.left(dump)
		switch {
		case len(left) == 0:
			return
		case slices.ContainsFunc(left, canRun):
			until = time.Now().Add(farewell)
		case time.Now().After(until):
			j.end(wire.Leak, "", dump)
		case outlook.Ask(stillLooks, 100*time.Millisecond, nil) == outlook.Still:
			// Nothing moves now; something may have since the dump.
			if dump = goroutines(); len(j.left(dump)) > 0 {
				j.end(wire.Leak, "", dump)
			}
		}
	}
}

// left returns the learner's goroutines of a dump that no earlier check left.
func (j *judge) left(dump string) []stack.Goroutine {
	all := stack.Parse(dump)[1:] // the first is this one
	return slices.DeleteFunc(all, func(g stack.Goroutine) bool { return !j.learners(&g) || j.old[g.ID] })
}

// canRun reports whether a goroutine is not waiting for anything.
func canRun(g stack.Goroutine) bool {
	return !g.Blocked() && g.State != "sleep" && g.State != "IO wait"
}

// forgive takes note of what a check that failed has left, so that it is not
// charged to the next one.
func (j *judge) forgive() {
	j.old = map[int]bool{}
	for _, g := range stack.Parse(goroutines()) {
		if j.learners(&g) {
			j.old[g.ID] = true
		}
	}
}

// ours reports whether the goroutine is one that watches, or the runtime's own.
func ours(g stack.Goroutine) bool {
	if len(g.Frames) > 0 && strings.HasPrefix(g.Frames[0].Func, "os/signal.") {
		return true
	}
	return slices.ContainsFunc(g.Frames, func(f stack.Frame) bool {
		return strings.HasSuffix(f.Func, "judge.(*judge).watch") || strings.HasSuffix(f.Func, "judge.endWithEngine")
	})
}

func (j *judge) learners(g *stack.Goroutine) bool {
	if _, ok := g.Within(j.learner); ok {
		return true
	}
	return g.Created != nil && strings.HasPrefix(g.Created.Func, j.learner+".")
}
