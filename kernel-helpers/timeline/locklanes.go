package timeline

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"golang.org/x/exp/trace"
)

// lockName returns what a lock is called: the name that it was given, or the
// variable on the line that first used it.
func (b *builder) lockName(l *lock) string {
	if l.name == "" {
		l.name = b.places.of(l.stack).named("without a name", lockCall)
	}
	return l.kind + " " + l.name
}

// addLocks adds the lanes of the locks that were held meanwhile, in the order of
// their first use.
func (b *builder) addLocks(h *history, until trace.Time, suffix string) {
	for _, id := range slices.SortedFunc(maps.Keys(h.locks), cmp.Compare[int]) {
		l := h.locks[id]
		lane := Lane{Name: b.unused(b.lockName(l) + suffix), Kind: Lock, End: b.rec.wall}
		for _, held := range l.holds {
			if held.end == 0 || held.end > until {
				held.end = until
			}
			if held.end <= b.start || held.start >= until {
				continue
			}
			holder := "another goroutine"
			if i, drawn := b.lanes[held.by]; drawn {
				holder = b.rec.lanes[i].Name
			}
			lane.Spans = append(lane.Spans, Span{Start: b.clock(held.start), End: b.clock(held.end), State: Held, For: holder})
		}
		if len(lane.Spans) > 0 {
			b.locks = append(b.locks, lane)
		}
	}
}

// unused returns name, with a number if another lock's lane has it already.
func (b *builder) unused(name string) string {
	taken := func(name string) bool {
		return slices.ContainsFunc(b.locks, func(l Lane) bool { return l.Name == name })
	}
	unused := name
	for n := 2; taken(unused); n++ {
		unused = fmt.Sprintf("%s (%d)", name, n)
	}
	return unused
}
