package eventloop

import (
	"io"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing/gantt"
)

// Stderr has a loop tell what it has to tell to w.
func Stderr(w io.Writer) Option { return func(l *Loop) { l.stderr = w } }

// Slow has a loop tell of turns that take longer than d. On a machine that is busy
// with other tests any turn may take long.
func Slow(d time.Duration) Option { return func(l *Loop) { l.slow = d } }

// Watched returns for how many waits for several tasks the end of t counts.
func Watched[T any](t *Task[T]) (n int) {
	for w := t.watchers; w != nil; w = w.rest {
		n++
	}
	return n
}

// Assigned is assigned.
var Assigned = assigned

// DrawnLocks returns the lanes of locks as they are drawn.
func (r *Recording) DrawnLocks() (lanes []gantt.Lane) {
	for _, lock := range r.Locks {
		lanes = append(lanes, lock.draw())
	}
	return lanes
}

// Drawn returns the lanes as they are drawn.
func (r *Recording) Drawn() []gantt.Lane {
	at := r.spread()
	var lanes []gantt.Lane
	for i := range r.Lanes {
		lanes = append(lanes, r.Lanes[i].draw(at[i]))
	}
	return lanes
}

// Strip returns how many run and are ready, as it is drawn.
func (r *Recording) Strip() []gantt.Load { return strip(r.Drawn()) }
