package judge

import (
	"slices"
	"time"

	"github.com/interleave-lab/interleave/internal/engine/stack"
	"github.com/interleave-lab/interleave/internal/engine/wire"
)

const (
	look = 25 * time.Millisecond // between two looks at the program
	// hopeless looks in a row that find the same goroutines, all of them waiting
	// for one another, make a deadlock. Load does not matter: a goroutine that
	// only lacks a processor is runnable, not waiting.
	hopeless = 20
)

// watch ends hopeless runs: a check that uses up its time or memory, and one in
// which every goroutine waits for another. The race detector's build never says
// "all goroutines are asleep" by itself.
func (j *judge) watch() {
	var before []int
	same := 0
	cpuBefore := cpuTime()
	for range time.Tick(look) {
		if mb := residentMB(); mb > *memory {
			j.end(wire.Memory, "", "")
		}
		now := cpuTime()
		busy := now-cpuBefore > look/2
		cpuBefore = now
		j.mu.Lock()
		test, wall, cpu := j.test, time.Since(j.began), now-j.cpuThen
		j.mu.Unlock()
		if test == "" {
			continue
		}
		switch {
		case cpu > *cpuLimit:
			j.end(wire.Timeout, "processor", goroutines())
		case wall > *wallLimit:
			j.end(wire.Timeout, "clock", goroutines())
		case busy:
			same = 0
			continue
		}
		dump := goroutines()
		waiting, stuck := allWait(dump)
		if !stuck || !slices.Equal(waiting, before) {
			before, same = waiting, 0
			continue
		}
		if same++; same >= hopeless {
			j.end(wire.Deadlock, "", dump)
		}
	}
}

// allWait returns the goroutines of a dump and whether each of them, ours left
// out, waits for another.
func allWait(dump string) (ids []int, all bool) {
	for _, g := range stack.Parse(dump) {
		if ours(g) {
			continue
		}
		if !g.Blocked() {
			return nil, false
		}
		ids = append(ids, g.ID)
	}
	return ids, true
}
