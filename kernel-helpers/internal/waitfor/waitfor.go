// Package waitfor knows who waits for what among the helpers' locks, and finds
// the circle in it that is a deadlock.
//
// A goroutine is entered once it has waited for a while, so that locks cost
// nothing here as long as they are given up soon. What is kept is the wait-for
// graph of Coffman, Elphick and Shoshani, System Deadlocks (1971): a deadlock
// of locks is a circle of goroutines, each of which waits for a lock that the
// next one holds.
package waitfor

import (
	"cmp"
	"slices"
	"sync"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/standstill"
)

// Wait is a goroutine's wait for a lock.
type Wait struct {
	Goroutine int64
	Kind      string // of the lock: "lock", "semaphore", ...
	Name      string // of the lock; "" if it has none
	Endless   bool   // no timeout and no context can end it

	// Holders returns the goroutines that hold the lock. They are a proof if
	// the wait cannot end before each of them has given the lock up, and nobody
	// else will do that for them.
	Holders func() (goroutines []int64, proof bool)
}

var table struct {
	sync.Mutex // protects waits; taken before any lock's own
	waits      map[int64]*Wait
}

// Begin enters w and returns the circle that it closes, or nil.
func (w *Wait) Begin() Circle {
	table.Lock()
	defer table.Unlock()
	if table.waits == nil {
		table.waits = map[int64]*Wait{}
	}
	table.waits[w.Goroutine] = w
	circle := closedBy(w)
	if !circle.stands() {
		return nil
	}
	return circle
}

// End removes w.
func (w *Wait) End() {
	table.Lock()
	defer table.Unlock()
	delete(table.waits, w.Goroutine)
}

// Circle is a deadlock: each goroutine waits for a lock that the next one holds,
// and the last for one that the first holds.
type Circle []hold

// hold is one goroutine's wait for what another holds.
type hold struct {
	wait *Wait
	by   int64
}

// closedBy looks for a way from w along holders back to w's goroutine.
func closedBy(w *Wait) Circle {
	seen := map[int64]bool{}
	var follow func(*Wait) Circle
	follow = func(at *Wait) Circle {
		if at == nil || !at.Endless || seen[at.Goroutine] {
			return nil
		}
		seen[at.Goroutine] = true
		holders, proof := at.Holders()
		if !proof {
			return nil
		}
		for _, by := range holders {
			if by == w.Goroutine {
				return Circle{{at, by}}
			}
			if rest := follow(table.waits[by]); rest != nil {
				return append(Circle{{at, by}}, rest...)
			}
		}
		return nil
	}
	return follow(w)
}

// stands looks again, from the end: the last lock is held by the goroutine that
// asks, so who waits for it stays where it is, so what that one holds stays
// held, and so on. On the way there somebody may still have moved.
func (c Circle) stands() bool {
	for _, h := range slices.Backward(c) {
		if holders, proof := h.wait.Holders(); !proof || !slices.Contains(holders, h.by) {
			return false
		}
	}
	return len(c) > 0
}

// Edge is a wait in a reader's words.
type Edge struct {
	Waiter string // "worker 1"
	Lock   string // "lock accounts"
	Holder string // "worker 2"; "" if nobody holds it or several do not matter
	Line   string // where it waits: "`accounts.Lock()` (pay)", or ""
}

// Edges returns all waits on helpers' locks that have lasted for a while, one
// for each holder of what is waited for.
func Edges() []Edge {
	type open struct {
		wait    *Wait
		holders []int64
	}
	var all []open
	table.Lock()
	for _, w := range table.waits {
		holders, _ := w.Holders()
		all = append(all, open{w, holders})
	}
	table.Unlock()
	if len(all) == 0 {
		return nil
	}
	slices.SortFunc(all, func(a, b open) int { return cmp.Compare(a.wait.Goroutine, b.wait.Goroutine) })
	dump, _ := standstill.Stacks()
	places := allPlaces(dump)
	var edges []Edge
	for _, o := range all {
		if len(o.holders) == 0 {
			edges = append(edges, o.wait.edge(0, places))
		}
		for _, holder := range o.holders {
			edges = append(edges, o.wait.edge(holder, places))
		}
	}
	return edges
}

// Edges returns the circle in a reader's words.
func (c Circle) Edges() []Edge {
	dump, _ := standstill.Stacks()
	places := allPlaces(dump)
	edges := make([]Edge, len(c))
	for i, h := range c {
		edges[i] = h.wait.edge(h.by, places)
	}
	return edges
}
