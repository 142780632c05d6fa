package timeline

import (
	"fmt"
	"slices"
	"testing"

	"golang.org/x/exp/trace"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
)

// shared makes the lock that processes share, each with a history of its own, and
// returns its lane: processes 1 and 2 hold it from and until the times in holds, where
// until 0 is to the end of the process: 900 and 950. Both wait for it in the beginning.
func shared(t *testing.T, like lock, holds ...[3]trace.Time) (rec *Recording, lanes []string) {
	t.Helper()
	parent := &goroutine{before: true, stretches: []stretch{{end: 1000, state: trace.GoRunning}}}
	own := newHistory()
	own.windows[1] = &window{root: parent, end: 1000}
	var children []child
	for pid := range 2 {
		l, h := like, newHistory()
		root := &goroutine{before: true, created: 10, stretches: []stretch{
			{start: 10, end: 100, state: trace.GoWaiting, lock: &l}, {start: 100, end: 900, state: trace.GoRunning},
		}}
		for _, held := range holds {
			if int(held[0]) == pid+1 {
				l.holds = append(l.holds, hold{by: root, alone: !like.shared, start: held[1], end: held[2]})
			}
		}
		h.windows[0] = &window{root: root, start: 10}
		h.locks[5-pid] = &l // numbers mean nothing outside of a process
		own.children[pid] = &birth{by: parent, pid: pid + 1, started: 5, ended: trace.Time(900 + 50*pid)}
		children = append(children, child{events.ChildRecord{ID: pid, Name: "worker"}, h})
	}
	rec = build(own, children, 1)
	for _, lane := range rec.lanes {
		if lane.Kind != Lock {
			continue
		}
		said := lane.Name + ":"
		for _, s := range lane.Spans {
			said += fmt.Sprintf(" %d-%d %s;", s.Start, s.End, s.For)
		}
		lanes = append(lanes, said)
	}
	return rec, lanes
}

func TestALockThatProcessesShareHasOneLane(t *testing.T) {
	seats := lock{kind: "semaphore", name: "seats", identity: 7, shared: true, permits: 2}
	guard := lock{kind: "lock", name: "guard", identity: 7}
	alone := lock{kind: "lock", name: "guard"}
	for name, c := range map[string]struct {
		like  lock
		holds [][3]trace.Time
		want  []string
	}{
		"permits": {
			seats, [][3]trace.Time{{1, 100, 300}, {2, 200, 400}},
			[]string{"semaphore seats: 100-200 1 of 2: worker (pid 1); 200-300 2 of 2: worker (pid 1), worker (pid 2); 300-400 1 of 2: worker (pid 2);"},
		},
		"in turns": {
			guard, [][3]trace.Time{{2, 100, 200}, {1, 200, 300}, {2, 300, 400}},
			[]string{"lock guard: 100-200 worker (pid 2); 200-300 worker (pid 1); 300-400 worker (pid 2);"},
		},
		"only one had it": {
			guard, [][3]trace.Time{{2, 100, 200}},
			[]string{"lock guard: 100-200 worker (pid 2);"},
		},
		"a killed process had it": {
			guard, [][3]trace.Time{{1, 100, 0}, {2, 890, 895}},
			[]string{"lock guard: 100-890 worker (pid 1); 890-895 worker (pid 2);"},
		},
		"a killed process had a permit": {
			seats, [][3]trace.Time{{2, 100, 940}, {1, 200, 0}, {2, 890, 930}},
			[]string{"semaphore seats: 100-200 1 of 2: worker (pid 2); 200-890 2 of 2: worker (pid 2), worker (pid 1); 890-930 2 of 2: worker (pid 2), worker (pid 2); 930-940 1 of 2: worker (pid 2);"},
		},
		"each has its own": {
			alone, [][3]trace.Time{{1, 100, 300}, {2, 200, 400}},
			[]string{"lock guard (in pid 1): 100-300 worker (pid 1);", "lock guard (in pid 2): 200-400 worker (pid 2);"},
		},
	} {
		if _, got := shared(t, c.like, c.holds...); !slices.Equal(got, c.want) {
			t.Errorf("%s:\ngot  %q\nwant %q", name, got, c.want)
		}
	}
}

func TestALockThatProcessesShareIsOneInContention(t *testing.T) {
	guard := lock{kind: "lock", name: "guard", identity: 7}
	rec, _ := shared(t, guard, [3]trace.Time{1, 100, 300}, [3]trace.Time{2, 300, 400})
	all := rec.Contention()
	if len(all) != 1 {
		t.Fatalf("%+v, want one lock", all)
	}
	lane := all[0].Lane
	if want := (Contended{Lock: "lock guard", Lane: lane, Waits: 2, Waited: 180, Held: 300}); all[0] != want || lane == NoLane {
		t.Errorf("got %+v, want %+v with a lane", all[0], want)
	}
}

// A name that the reader did not give is that of a variable, which another function
// calls something else.
func TestALockThatProcessesShareHasOneName(t *testing.T) {
	one, other := newHistory(), newHistory()
	first, second := &lock{kind: "lock", name: "guard", identity: 7}, &lock{kind: "lock", name: "g", identity: 7}
	one.locks[1], other.locks[1] = first, second
	b := &builder{
		rec: &Recording{}, end: 100, locks: map[*lock]int{}, taken: map[string]int{},
		parts: []part{{h: one, until: 100}, {h: other, until: 100}},
	}
	second.holds = []hold{{start: 10, end: 20}}
	b.addLocks()
	if len(b.rec.lanes) != 1 || b.rec.lanes[0].Name != "lock guard" || b.locks[first] != b.locks[second] || second.title(other) != "lock guard" {
		t.Errorf("%+v", b.rec.lanes)
	}
}
