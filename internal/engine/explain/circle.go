package explain

import (
	"strings"

	"github.com/interleave-lab/interleave/internal/engine/stack"
	"github.com/interleave-lab/interleave/internal/engine/wire"
)

// waiter is a goroutine of a circle.
type waiter struct {
	name string // "G2"
	at   string // the place in which it waits
}

// circle tells a circle of goroutines, each of which waits for a lock that the next
// one has; "" if there is none, or a place in it is unknown.
func (p *Program) circle(event *wire.Event) string {
	holder, all := map[uint64]uint64{}, map[uint64]waiter{}
	for _, g := range stack.Parse(event.Stack) {
		all[uint64(g.ID)] = waiter{at: p.place(&g)}
	}
	for _, w := range event.Waits {
		all[w.Goroutine] = waiter{Goroutine(w.ID, p.Root), all[w.Goroutine].at}
		if w.Holder != 0 {
			holder[w.Goroutine] = w.Holder
		}
	}
	for _, w := range event.Waits {
		var way []waiter
		seen := map[uint64]bool{}
		for at := w.Goroutine; ; at = holder[at] {
			if at == 0 || all[at].at == "" {
				break // it leads out of what is known
			}
			if seen[at] {
				if at != w.Goroutine {
					break // into a circle that another begins
				}
				return tellCircle(way)
			}
			seen[at] = true
			way = append(way, all[at])
		}
	}
	return ""
}

func tellCircle(way []waiter) string {
	if len(way) == 1 {
		name := way[0].name
		return strings.ToUpper(name[:1]) + name[1:] + " waits for a lock that it holds itself, at " + way[0].at +
			". Let it go before, or let the caller hold it: a mutex is not taken twice."
	}
	told := make([]string, len(way))
	for i, w := range way {
		told[i] = w.name + " at " + w.at
	}
	return "Each of these waits for a lock that the next one holds, and the last for one that the first holds: " +
		strings.Join(told, "; ") + ". Take these locks in the same order everywhere, or hold one at a time."
}
