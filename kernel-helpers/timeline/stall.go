package timeline

import (
	"fmt"
	"regexp"
	"strings"
	"time"
)

// stall makes r the recording of a program in which nothing can run any more:
// it ends soon after the last thing that happened, so that one sees what led
// there rather than the wait for this to be noticed.
func (r *Recording) stall() {
	r.stalled, r.path = true, nil
	var last time.Duration
	for _, lane := range r.lanes {
		if n := len(lane.Spans); n > 0 {
			last = max(last, lane.Spans[n-1].Start)
		}
	}
	r.wall = min(r.wall, last+max(last/4, time.Millisecond))
	for i := range r.lanes {
		lane := &r.lanes[i]
		lane.End = min(lane.End, r.wall)
		if n := len(lane.Spans); n > 0 {
			lane.Spans[n-1].End = min(lane.Spans[n-1].End, r.wall)
		}
	}
}

// waits tells of each lane what it waits for at the recording's end.
func (r *Recording) waits() []string {
	var waits []string
	for _, lane := range r.lanes {
		if lane.Kind == Lock || len(lane.Spans) == 0 {
			continue
		}
		last := lane.Spans[len(lane.Spans)-1]
		if !last.State.heldUp() || last.End < r.wall {
			continue
		}
		wait := fmt.Sprintf("%s waits for %s", lane.Name, last.For)
		if holder := r.holder(last.On); sharedBy.MatchString(holder) {
			wait += ", held by " + sharedBy.ReplaceAllString(holder, "")
		} else if holder != "" {
			wait += ", which " + holder + " holds"
		}
		if last.Line != "" {
			wait += ", at " + last.Line
		}
		waits = append(waits, wait)
	}
	return waits
}

// sharedBy is what stands before the names of several that hold a lock.
var sharedBy = regexp.MustCompile(`^\d+( of \d+| readers)?: `)

// mostWaits is how many waits are told line by line.
const mostWaits = 12

// atMost returns the first n of several waits and how many more there are.
func atMost(n int, waits []string) []string {
	if more := len(waits) - n; more > 1 {
		return append(waits[:n:n], fmt.Sprintf("%d more wait", more))
	}
	return waits
}

// stallReport says who waits for what, a line each.
func (r *Recording) stallReport() string {
	return "Nothing can run any more:\n  " + strings.Join(atMost(mostWaits, r.waits()), "\n  ") +
		"\nMend what they wait for, then run the cell again.\n"
}

// tellStall says the same in one sentence.
func (r *Recording) tellStall() string {
	return "Nothing can run any more: " + strings.Join(atMost(3, r.waits()), "; ") + "."
}

// holder returns who holds the lock with a lane at the recording's end, or "".
func (r *Recording) holder(lock int) string {
	if lock == NoLane {
		return ""
	}
	spans := r.lanes[lock].Spans
	if last := spans[len(spans)-1]; last.End == r.wall {
		return last.For
	}
	return ""
}
