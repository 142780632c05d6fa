package explain

import (
	"fmt"
	"strings"

	"github.com/interleave-lab/interleave/internal/engine/stack"
	"github.com/interleave-lab/interleave/internal/engine/wire"
)

// circle tells a circle of goroutines, each of which waits for a lock that the next
// one has; "" if there is none, or a place in it is unknown.
func (p *Program) circle(event *wire.Event) string {
	holder := map[uint64]uint64{}
	for _, w := range event.Waits {
		if w.Holder != 0 {
			holder[w.Goroutine] = w.Holder
		}
	}
	places := map[uint64]string{}
	for _, g := range stack.Parse(event.Stack) {
		places[uint64(g.ID)] = p.place(&g)
	}
	for _, w := range event.Waits {
		var way []string
		seen := map[uint64]bool{}
		for at := w.Goroutine; ; at = holder[at] {
			if at == 0 || places[at] == "" {
				break // it leads out of what is known
			}
			if seen[at] {
				if at != w.Goroutine {
					break // into a circle that another begins
				}
				return tellCircle(way)
			}
			seen[at] = true
			way = append(way, places[at])
		}
	}
	return ""
}

func tellCircle(places []string) string {
	if len(places) == 1 {
		return fmt.Sprintf("A goroutine waits for a lock that it holds itself, at %s.", places[0])
	}
	var b strings.Builder
	b.WriteString("Each of these waits for a lock that the next one holds, and the last for one that the first holds:")
	for i, at := range places {
		fmt.Fprintf(&b, " goroutine %c at %s", 'A'+i%26, at)
		if i < len(places)-1 {
			b.WriteString(";")
		}
	}
	b.WriteString(". Take these locks in the same order everywhere, or hold one at a time.")
	return b.String()
}
