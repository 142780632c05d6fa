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

// teller is a process that tells of a lock.
type teller struct {
	*part
	lock *lock
}

// addLocks adds the lanes of the locks that were held meanwhile, process by process
// in the order of their first use. A lock that processes share has one lane.
func (b *builder) addLocks() {
	var all [][]teller
	known := map[uint64]int{} // where in all a lock with an identity is
	for i := range b.parts {
		h := b.parts[i].h
		for _, id := range slices.SortedFunc(maps.Keys(h.locks), cmp.Compare[int]) {
			t := teller{&b.parts[i], h.locks[id]}
			if at, ok := known[t.lock.identity]; ok {
				all[at] = append(all[at], t)
				continue
			}
			if t.lock.identity != 0 {
				known[t.lock.identity] = len(all)
			}
			all = append(all, []teller{t})
		}
	}
	for _, tellers := range all {
		b.addLock(tellers)
	}
}

// addLock adds the lane of the one lock that these tell of, if it was held. A lock
// that processes share is in none of them, and its lane's name tells of none.
func (b *builder) addLock(tellers []teller) {
	first := tellers[0]
	l, until := first.lock, first.until
	if len(tellers) > 1 {
		l, until = together(tellers), b.end
	}
	spans := b.heldSpans(l, until)
	if len(spans) == 0 {
		return
	}
	name := first.lock.title(first.h)
	if first.lock.identity == 0 {
		name += first.suffix
	}
	for _, t := range tellers {
		t.lock.name = first.lock.name // each process may have another variable for it
		b.locks[t.lock] = len(b.rec.lanes)
	}
	b.rec.lanes = append(b.rec.lanes, Lane{Name: b.unused(name), Kind: Lock, Parent: NoLane, End: b.rec.wall, Spans: spans})
}

// together returns the lock that several processes tell of, with the holds of all. A
// process that is killed tells no end, and its hold is seen to end late: so where
// there are too many holds, the one that ends next ends at once.
func together(tellers []teller) *lock {
	var holds []hold
	for _, t := range tellers {
		for _, held := range t.lock.holds {
			if held.end == 0 || held.end > t.until {
				held.end = t.until
			}
			if held.start < held.end {
				holds = append(holds, held)
			}
		}
	}
	slices.SortStableFunc(holds, func(x, y hold) int { return cmp.Compare(x.start, y.start) })
	first := tellers[0].lock
	l := &lock{kind: first.kind, shared: first.shared, permits: first.permits}
	for _, next := range holds {
		l.open = slices.DeleteFunc(l.open, func(i int) bool { return l.holds[i].end <= next.start })
		slices.SortStableFunc(l.open, func(i, j int) int { return cmp.Compare(l.holds[i].end, l.holds[j].end) })
		l.got(next.by, next.alone, next.start)
		l.holds[len(l.holds)-1].end = next.end
	}
	return l
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
