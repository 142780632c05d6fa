package timeline

import (
	"cmp"
	"slices"
	"time"
)

// atOnce returns the largest number of lanes that were in matching spans at the
// same time, for at least a hundredth of the recording in all.
func (r *Recording) atOnce(match func(*Lane, Span) bool) int {
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
	slices.SortFunc(changes, func(a, b change) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.by, b.by)) // ends first
	})
	var lasted []time.Duration // lasted[n]: how long exactly n lanes matched
	count := 0
	var last time.Duration
	for _, c := range changes {
		for len(lasted) <= count {
			lasted = append(lasted, 0)
		}
		lasted[count] += c.at - last
		last = c.at
		count += c.by
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
