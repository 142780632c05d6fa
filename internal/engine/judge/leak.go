package judge

import (
	"slices"
	"strings"
	"time"

	"github.com/interleave-lab/interleave/internal/engine/stack"
	"github.com/interleave-lab/interleave/internal/engine/wire"
)

const (
	// glance is the time between two looks at goroutines that are left.
	glance = 5 * time.Millisecond
	// stuckLooks in a row that find all of them waiting make a leak: one may be
	// about to be woken by another.
	stuckLooks = 20
	// outsideLooks are it while something outside of the program may wake them,
	// such as a child process that is about to end.
	outsideLooks = 200
)

// findLeaks ends the process when goroutines of the learner's are still there
// after the check. Those that can still run are waited for; the watchdog's
// limits hold meanwhile.
func (j *judge) findLeaks() {
	for stuck := 0; ; time.Sleep(glance) {
		dump := goroutines()
		all := stack.Parse(dump)[1:] // the first is this one
		left := slices.DeleteFunc(slices.Clone(all), func(g stack.Goroutine) bool { return !j.learners(&g) || j.old[g.ID] })
		if len(left) == 0 {
			return
		}
		if !allBlocked(left) {
			stuck = 0
			continue
		}
		enough := stuckLooks
		if !allBlocked(slices.DeleteFunc(all, ours)) {
			enough = outsideLooks
		}
		if stuck++; stuck > enough {
			j.end(wire.Leak, "", dump)
		}
	}
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

func allBlocked(all []stack.Goroutine) bool {
	return !slices.ContainsFunc(all, func(g stack.Goroutine) bool { return !g.Blocked() })
}

// ours reports whether the goroutine is the watchdog's, or the runtime's own.
func ours(g stack.Goroutine) bool {
	if len(g.Frames) > 0 && strings.HasPrefix(g.Frames[0].Func, "os/signal.") {
		return true
	}
	return slices.ContainsFunc(g.Frames, func(f stack.Frame) bool { return strings.HasSuffix(f.Func, "judge.(*judge).watch") })
}

func (j *judge) learners(g *stack.Goroutine) bool {
	if _, ok := g.Within(j.learner); ok {
		return true
	}
	return g.Created != nil && strings.HasPrefix(g.Created.Func, j.learner+".")
}
