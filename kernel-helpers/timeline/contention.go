package timeline

import (
	"cmp"
	"slices"
	"time"
)

// Contended is a lock that lanes waited for.
type Contended struct {
	Lock   string        // "lock mu"
	Lane   int           // its index in Lanes, or NoLane: locks of package sync have none
	Waits  int           // how often a lane waited for it
	Waited time.Duration // how long, summed over lanes
	Held   time.Duration // how long it was held, or 0 if that is not known
}

// Contention returns the locks that lanes waited for, the longest wait first. Locks
// of package sync are told apart by the variable on the line that waits.
func (r *Recording) Contention() []Contended {
	var all []Contended
	for _, w := range r.waitedFor() {
		if w.state != Contending {
			continue
		}
		c := Contended{Lock: w.name, Lane: w.on, Waits: w.waits}
		for _, s := range w.spent {
			c.Waited += s.time
		}
		if w.on != NoLane {
			c.Held = r.lanes[w.on].total(in(Held))
		}
		all = append(all, c)
	}
	slices.SortStableFunc(all, func(a, b Contended) int { return cmp.Compare(b.Waited, a.Waited) })
	return all
}
