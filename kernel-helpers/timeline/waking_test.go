package timeline

import (
	"testing"
	"time"

	"golang.org/x/exp/trace"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
)

// One process waits from 100 ms on for what processes share and goes on at 400 ms;
// the other runs all the time and lets go on who waits.
func TestWhoEndsAWaitForWhatProcessesShare(t *testing.T) {
	at := func(ms int) trace.Time { return trace.Time(ms) * trace.Time(time.Millisecond) }
	for name, c := range map[string]struct {
		wakings []int // in milliseconds
		again   int   // when the one that waits looked up in vain, or 0
		own     bool  // it is the one that lets others go on
		want    time.Duration
	}{
		"once":                      {wakings: []int{399}, want: 399 * ms},
		"the last counts":           {wakings: []int{200, 399}, want: 399 * ms},
		"too early":                 {wakings: []int{50}},
		"too late":                  {wakings: []int{401}},
		"another was faster":        {wakings: []int{200, 399}, again: 201, want: 399 * ms},
		"nobody: its time was over": {wakings: []int{200}, again: 201},
		"nobody but itself":         {wakings: []int{399}, own: true},
	} {
		t.Run(name, func(t *testing.T) {
			seats := &lock{kind: "queue", name: "jobs", identity: 7}
			parent := &goroutine{before: true, stretches: []stretch{{end: at(1000), state: trace.GoRunning}}}
			waits := &goroutine{before: true, stretches: []stretch{
				{start: 0, end: at(100), state: trace.GoRunning},
				{start: at(100), end: at(400), state: trace.GoSyscall, lock: seats, again: at(c.again)},
				{start: at(400), end: at(900), state: trace.GoRunning},
			}}
			works := &goroutine{before: true, stretches: []stretch{{end: at(900), state: trace.GoRunning}}}
			own := newHistory()
			own.windows[1] = &window{root: parent, end: at(1000)}
			var children []child
			for id, root := range []*goroutine{waits, works} {
				h := newHistory()
				h.windows[0] = &window{root: root, end: at(900)}
				if root == waits == c.own {
					for _, ms := range c.wakings {
						h.wakings[7] = append(h.wakings[7], waking{by: root, at: at(ms)})
					}
				}
				own.children[id] = &birth{by: parent, pid: id + 1, ended: at(950)}
				children = append(children, child{events.ChildRecord{ID: id, Name: "worker"}, h})
			}
			rec := build(own, children, 1)

			const wait, work = 1, 2 // lanes
			by := NoLane
			for _, s := range rec.lanes[wait].Spans {
				if s.End == 400*ms {
					by = s.By
				}
			}
			if let := by == work; let != (c.want > 0) {
				t.Errorf("the wait was ended by lane %d: %+v", by, rec.lanes[wait].Spans)
			}
			b := &builder{parts: []part{{h: own}, {h: children[0].history}, {h: children[1].history}}}
			b.addWakings()
			w, _ := b.wakerOf(&b.parts[1], waits, &waits.stretches[1])
			if got := time.Duration(w.at); got != c.want || got > 0 && (w.by != works || w.part != &b.parts[2]) {
				t.Errorf("at %v by %+v, want at %v", got, w.by, c.want)
			}
		})
	}
}
