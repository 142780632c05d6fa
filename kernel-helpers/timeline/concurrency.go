package timeline

import (
	"cmp"
	"slices"
	"time"
)

// Load is how many lanes were in which state, from a time on until that of the next
// Load.
type Load struct {
	At      time.Duration
	Running int // had a core, as far as Go can tell
	Ready   int // could have run, but no core was free
}

// Strip returns how many goroutines ran at once and how many were ready, over time,
// in this process and in its children. It is to be held against [Recording.Cores].
// Of more processes that Go takes for running than the machine has cores, those beyond
// count as ready: which they are, only the system knows.
func (r *Recording) Strip() []Load {
	running := r.steps(func(_ *Lane, s Span) bool { return s.State == Running })
	ready := r.steps(func(_ *Lane, s Span) bool { return s.State == Ready })
	strip := make([]Load, 1, 1+len(running)+len(ready))
	for len(running) > 0 || len(ready) > 0 {
		load := strip[len(strip)-1]
		switch {
		case len(ready) == 0 || len(running) > 0 && running[0].at <= ready[0].at:
			load.At, load.Running = running[0].at, running[0].count
			running = running[1:]
		default:
			load.At, load.Ready = ready[0].at, ready[0].count
			ready = ready[1:]
		}
		if last := &strip[len(strip)-1]; last.At == load.At {
			*last = load
		} else {
			strip = append(strip, load)
		}
	}
	most := max(r.cores, r.machine)
	for i := range strip {
		beyond := max(0, strip[i].Running-most)
		strip[i].Running -= beyond
		strip[i].Ready += beyond
	}
	return strip
}

// Cores returns how many goroutines could run at once: GOMAXPROCS.
func (r *Recording) Cores() int { return r.cores }

// MaxConcurrent returns the most lanes that were under way (running, ready or
// napping, and not held up by another) at once. What lasts less than a hundredth
// of the recording in all does not count: one that hands over to the next is not
// at work beside it.
func (r *Recording) MaxConcurrent() int {
	return r.atOnce(func(_ *Lane, s Span) bool { return s.State.underWay() })
}

// step tells that from a time on a number of lanes match.
type step struct {
	at    time.Duration
	count int
}

// steps returns how many lanes were in matching spans, over time.
func (r *Recording) steps(match func(*Lane, Span) bool) []step {
	type change struct {
		at time.Duration
		by int
	}
	var changes []change
	for i := range r.lanes {
		for _, s := range r.lanes[i].Spans {
			if s.End > s.Start && match(&r.lanes[i], s) {
				changes = append(changes, change{s.Start, +1}, change{s.End, -1})
			}
		}
	}
	slices.SortFunc(changes, func(a, b change) int { return cmp.Compare(a.at, b.at) })
	var steps []step
	count := 0
	for i, c := range changes {
		count += c.by
		if i+1 == len(changes) || changes[i+1].at > c.at {
			if n := len(steps); n == 0 && count != 0 || n > 0 && steps[n-1].count != count {
				steps = append(steps, step{c.at, count})
			}
		}
	}
	return steps
}

// atOnce returns the largest number of lanes that were in matching spans at the
// same time, for at least a hundredth of the recording in all.
func (r *Recording) atOnce(match func(*Lane, Span) bool) int {
	steps := r.steps(match)
	var lasted []time.Duration // lasted[n]: how long exactly n lanes matched
	for i, s := range steps {
		for len(lasted) <= s.count {
			lasted = append(lasted, 0)
		}
		if i+1 < len(steps) { // the last is where none matches any more
			lasted[s.count] += steps[i+1].at - s.at
		}
	}
	var longer time.Duration // how long n or more matched
	for n := len(lasted) - 1; n > 0; n-- {
		longer += lasted[n]
		if longer > 0 && longer >= r.wall/100 {
			return n
		}
	}
	return 0
}
