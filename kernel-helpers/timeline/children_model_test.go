package timeline

import (
	"testing"

	"golang.org/x/exp/trace"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
)

// On a busy machine a child may tell what it does before its parent comes to tell
// that it has started it.
func TestAChildThatIsAheadOfItsParent(t *testing.T) {
	ran := func(from, to trace.Time) *goroutine {
		return &goroutine{before: true, created: from, stretches: []stretch{{start: from, end: to, state: trace.GoRunning}}}
	}
	parent, inChild := ran(0, 1000), ran(400, 900)
	own, childs := newHistory(), newHistory()
	own.windows[1] = &window{root: parent, start: 0, end: 1000}
	own.children[1] = &birth{by: parent, pid: 7, started: 500, ended: 950}
	childs.windows[0] = &window{root: inChild, start: 410, end: 900}
	rec := build(own, []child{{events.ChildRecord{ID: 1, Name: "early"}, childs}}, 1)
	if len(rec.lanes) != 2 {
		t.Fatalf("lanes: %+v", rec.lanes)
	}
	lane := rec.lanes[1]
	at := lane.Start
	for _, s := range lane.Spans {
		if s.Start != at || s.End < s.Start {
			t.Errorf("%+v does not go on from %v", s, at)
		}
		at = s.End
	}
	if lane.Start != 400 || at != lane.End || lane.End != 950 {
		t.Errorf("the child lasts from %v to %v, its spans end at %v", lane.Start, lane.End, at)
	}
	if n := len(rec.path); n == 0 || rec.path[0].Start != 0 || rec.path[n-1].End != rec.wall {
		t.Errorf("critical path: %+v", rec.path)
	}
}
