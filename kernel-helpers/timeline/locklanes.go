package timeline

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"golang.org/x/exp/trace"
)

// title returns what a lock is called: the name that it was given, or the variable
// on the line that first used it.
func (l *lock) title(h *history) string {
	if l.name == "" {
		l.name = h.places.of(l.stack).named("without a name", lockCall)
	}
	return l.kind + " " + l.name
}

// addLocks adds the lanes of the locks that were held meanwhile, in the order of
// their first use.
func (b *builder) addLocks(h *history, until trace.Time, suffix string) {
	for _, id := range slices.SortedFunc(maps.Keys(h.locks), cmp.Compare[int]) {
		l := h.locks[id]
		if spans := b.heldSpans(l, until); len(spans) > 0 {
			b.locks[l] = len(b.rec.lanes)
			name := b.unused(l.title(h) + suffix)
			b.rec.lanes = append(b.rec.lanes, Lane{Name: name, Kind: Lock, Parent: NoLane, End: b.rec.wall, Spans: spans})
		}
	}
}

// heldSpans returns the times that a lock is held until then. A span ends where
// somebody comes or goes.
func (b *builder) heldSpans(l *lock, until trace.Time) []Span {
	type change struct {
		at   trace.Time
		came bool
		hold int
	}
	var changes []change
	for i, held := range l.holds {
		if held.end == 0 || held.end > until {
			held.end = until
		}
		if held.end > max(b.start, held.start) && held.start < until {
			changes = append(changes, change{held.start, true, i}, change{held.end, false, i})
		}
	}
	slices.SortStableFunc(changes, func(x, y change) int {
		if x.at == y.at && x.came != y.came { // who goes makes room for who comes
			if y.came {
				return -1
			}
			return 1
		}
		return cmp.Compare(x.at, y.at)
	})
	var lane Lane
	var holders []int
	for i, c := range changes {
		if len(holders) > 0 && changes[i-1].at < c.at {
			by, drawn := b.lanes[l.holds[holders[0]].by]
			if !drawn {
				by = NoLane
			}
			lane.add(Span{
				Start: b.clock(changes[i-1].at), End: b.clock(c.at),
				State: Held, For: b.tellHolders(l, holders), On: by, By: NoLane,
			})
		}
		if c.came {
			holders = append(holders, c.hold)
		} else {
			holders = slices.DeleteFunc(holders, func(hold int) bool { return hold == c.hold })
		}
	}
	return lane.Spans
}

// tellHolders names who holds a lock at the same time: "worker 1", "2 of 3: worker 1,
// worker 2" of a semaphore's permits, "2 readers: worker 1, worker 2".
func (b *builder) tellHolders(l *lock, holds []int) string {
	names := make([]string, len(holds))
	for i, hold := range holds {
		names[i] = "another goroutine"
		if lane, drawn := b.lanes[l.holds[hold].by]; drawn {
			names[i] = b.rec.lanes[lane].Name
		}
	}
	all := strings.Join(names, ", ")
	switch {
	case l.permits > 1:
		return fmt.Sprintf("%d of %d: %s", len(names), l.permits, all)
	case len(names) == 1:
		return all
	case l.kind == "lock":
		return fmt.Sprintf("%d readers: %s", len(names), all)
	}
	return fmt.Sprintf("%d: %s", len(names), all)
}

// unused returns name, with a number if another lock's lane has it already.
func (b *builder) unused(name string) string {
	b.taken[name]++
	if n := b.taken[name]; n > 1 {
		return fmt.Sprintf("%s (%d)", name, n)
	}
	return name
}
