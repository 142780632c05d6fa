package eventloop

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing/gantt"
)

// Lock is who held a mutex or a semaphore.
type Lock struct {
	Name    string // "lock bill", "semaphore seats"
	Permits int    // how many can hold it at once
	Holds   []Hold // in the order in which they began
}

// Hold is a stretch of time for which a task held a lock, on the loop's clock.
type Hold struct {
	Start, End time.Duration
	By         string // the task's name
}

// unended is the End of a hold that lasts.
const unended time.Duration = -1

// got notes that t holds one of p's permits from now on.
func (r *recorder) got(p *primitive, permits int, t *task) {
	if r == nil {
		return
	}
	i, known := r.locks[p]
	if !known {
		i = len(r.rec.Locks)
		r.locks[p] = i
		r.rec.Locks = append(r.rec.Locks, Lock{Name: p.title(), Permits: permits})
	}
	lock := &r.rec.Locks[i]
	lock.Holds = append(lock.Holds, Hold{r.loop.clock(), unended, t.Name()})
}

// released notes that t, which holds a permit, does so no longer.
func (r *recorder) released(p *primitive, t *task) {
	if r == nil {
		return
	}
	holds := r.rec.Locks[r.locks[p]].Holds
	for i := range slices.Backward(holds) {
		if h := &holds[i]; h.End == unended && h.By == t.Name() {
			h.End = r.loop.clock()
			return
		}
	}
}

// close ends the holds that nobody ended.
func (r *recorder) close() {
	if r == nil {
		return
	}
	for _, lock := range r.rec.Locks {
		for i := range lock.Holds {
			if h := &lock.Holds[i]; h.End == unended {
				h.End = max(r.rec.Wall, h.Start)
			}
		}
	}
}

// draw returns the lock's lane. A bar ends where somebody comes or goes; who held it
// for no time on the loop's clock is not seen.
func (l *Lock) draw() gantt.Lane {
	lane := gantt.Lane{Label: l.Name, Kind: drawing.Lock}
	var edges []time.Duration
	for _, h := range l.Holds {
		if h.Start < h.End {
			edges = append(edges, h.Start, h.End)
		}
	}
	slices.Sort(edges)
	edges = slices.Compact(edges)
	var open []Hold // who holds it
	next := 0       // the first who has not come yet
	for i := 1; i < len(edges); i++ {
		start, end := edges[i-1], edges[i]
		for ; next < len(l.Holds) && l.Holds[next].Start <= start; next++ {
			open = append(open, l.Holds[next])
		}
		open = slices.DeleteFunc(open, func(h Hold) bool { return h.End <= start })
		if len(open) > 0 {
			by := l.tell(open)
			lane.Spans = append(lane.Spans, gantt.Span{Start: start, End: end, State: drawing.Held, Label: by, Detail: "held by " + by})
		}
	}
	return lane
}

// tell names who holds the lock at the same time: "A", or "2 of 3: A, B".
func (l *Lock) tell(open []Hold) string {
	names := make([]string, len(open))
	for i, h := range open {
		names[i] = h.By
	}
	all := strings.Join(names, ", ")
	if l.Permits > 1 {
		return fmt.Sprintf("%d of %d: %s", len(open), l.Permits, all)
	}
	return all
}
