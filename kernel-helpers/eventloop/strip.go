package eventloop

import (
	"slices"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing/gantt"
)

// strip counts, of lanes as they are drawn, who ran and who was ready.
func strip(lanes []gantt.Lane) []gantt.Load {
	type change struct {
		at             time.Duration
		running, ready int
	}
	var changes []change
	for _, lane := range lanes {
		for _, s := range lane.Spans {
			switch {
			case s.Start == s.End:
			case s.State == drawing.Running:
				changes = append(changes, change{s.Start, 1, 0}, change{s.End, -1, 0})
			case s.State == drawing.Ready:
				changes = append(changes, change{s.Start, 0, 1}, change{s.End, 0, -1})
			}
		}
	}
	slices.SortStableFunc(changes, func(a, b change) int { return int(min(max(a.at-b.at, -1), 1)) })
	loads := []gantt.Load{{}}
	for _, c := range changes {
		now := loads[len(loads)-1]
		if now.At != c.at {
			now.At = c.at
			loads = append(loads, now)
		}
		last := &loads[len(loads)-1]
		last.Running += c.running
		last.Ready += c.ready
	}
	return loads
}
