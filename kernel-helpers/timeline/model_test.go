package timeline

import (
	"slices"
	"strings"
	"testing"
	"time"
)

const ms = time.Millisecond

// spans makes a lane's spans of states and lengths in milliseconds.
func spans(parts ...any) []Span {
	var all []Span
	var at time.Duration
	for i := 0; i < len(parts); i += 2 {
		end := at + time.Duration(parts[i+1].(int))*ms
		s := Span{Start: at, End: end, On: NoLane, By: NoLane}
		switch what := parts[i].(type) {
		case State:
			s.State = what
		case string:
			s.State, s.For = Waiting, what
			if strings.HasPrefix(what, "lock ") {
				s.State = Contending
			}
		}
		all = append(all, s)
		at = end
	}
	return all
}

func recording(wall int, lanes ...Lane) *Recording {
	locks := map[string]int{}
	for i, lane := range lanes {
		if lane.Kind == Lock {
			locks[lane.Name] = i
		}
	}
	for _, lane := range lanes {
		for i, s := range lane.Spans {
			if at, ok := locks[s.For]; ok {
				lane.Spans[i].On = at
			}
		}
	}
	return &Recording{wall: time.Duration(wall) * ms, lanes: lanes, cores: 2}
}

func TestNoMoreRunThanThereAreCores(t *testing.T) {
	process := func(start, end int) Lane {
		return Lane{Kind: Process, Spans: []Span{{Start: time.Duration(start) * ms, End: time.Duration(end) * ms, State: Running}}}
	}
	want := []Load{{0, 1, 0}, {10 * ms, 2, 0}, {20 * ms, 2, 1}, {30 * ms, 2, 0}, {40 * ms, 0, 0}}
	if got := recording(40, process(0, 30), process(10, 40), process(20, 40)).Strip(); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestFinding(t *testing.T) {
	thread := func(name string, parts ...any) Lane {
		return Lane{Name: name, Kind: Thread, Spans: spans(parts...)}
	}
	process := func(name string, cpu int, parts ...any) Lane {
		return Lane{Name: name, Kind: Process, PID: 1, CPU: time.Duration(cpu) * ms, Spans: spans(parts...)}
	}
	main := func(parts ...any) Lane { return Lane{Name: "main", Kind: Main, Spans: spans(parts...)} }
	left := func(l Lane) Lane { l.outlives = true; return l }
	lock := Lane{Name: "lock mu", Kind: Lock, Spans: []Span{{Start: 0, End: 90 * ms, State: Held}}}
	for name, c := range map[string]struct {
		rec  *Recording
		want string
	}{
		"naps at once": {
			recording(20, main("all of group", 20), thread("worker 1", Sleeping, 20), thread("worker 2", Sleeping, 20)),
			"2 workers slept 40.0 ms in 20.0 ms of wall time: 2 at once.",
		},
		"naps in a row": {
			recording(20, main("a", 20), thread("a", Sleeping, 10), thread("b", Ready, 10, Sleeping, 10)),
			"2 threads slept 20.0 ms in 20.0 ms of wall time: one at a time.",
		},
		"one nap": {
			recording(20, main(Sleeping, 20)),
			"main slept 20.0 ms in 20.0 ms of wall time.",
		},
		"a lock's queue": {
			recording(90, main("all of group", 90), thread("worker 1", Sleeping, 30), thread("worker 2", "lock mu", 30, Sleeping, 30), thread("worker 3", "lock mu", 60, Sleeping, 30), lock),
			"2 workers waited 90.0 ms in all for lock mu, held 90.0 ms of 90.0 ms.",
		},
		"a lock of package sync": {
			recording(90, main("all of wg", 90), thread("goroutine 1: work", Running, 30), thread("goroutine 2: work", "lock mu", 60, Running, 30)),
			"goroutine 2: work waited 60.0 ms in all for lock mu, in 90.0 ms of wall time.",
		},
		"processes": {
			recording(50, main("a to end", 50), process("primes (pid 1)", 45, Running, 50), process("primes 2 (pid 2)", 40, Running, 50)),
			"2 processes had 85.0 ms of processor time in 50.0 ms on 2 cores.",
		},
		"goroutines that nobody waited for": {
			recording(20, main(Running, 20), left(thread("goroutine 1: f", Ready, 20)), left(thread("goroutine 2: f", Running, 20)), left(thread("goroutine 3: f", Sleeping, 20))),
			"3 goroutines were still under way when the function returned, which did not wait for them. 2 goroutines ran 40.0 ms in 20.0 ms on 2 cores.",
		},
		"a goroutine that ends just after it was waited for": {
			recording(20, main("all of wg", 19, Running, 1), left(thread("worker", Sleeping, 10, Running, 10))),
			"2 threads ran 11.0 ms in 20.0 ms on 2 cores.",
		},
		"processes beside main": {
			recording(50, main(Running, 40), process("primes (pid 1)", 45, Running, 50), process("primes 2 (pid 2)", 40, Running, 50)),
			"main and 2 processes had 125 ms of processor time in 50.0 ms on 2 cores.",
		},
		"more than there are cores": {
			recording(40, main("all of wg", 40), thread("goroutine 1: f", Running, 40), thread("goroutine 2: f", Running, 40), thread("goroutine 3: f", Ready, 20, Running, 20)),
			"3 goroutines ran 100 ms in 40.0 ms on 2 cores, and waited 20.0 ms for a free one.",
		},
		"nothing but waiting": {
			recording(40, main("all of wg", 40), thread("goroutine 1: f", "a value from jobs", 40), thread("goroutine 2: f", "a value from jobs", 40)),
			"2 goroutines waited 80.0 ms in all for a value from jobs, in 40.0 ms of wall time: 2 at once.",
		},
		"input": {
			recording(40, main("all of wg", 40), thread("fetcher 1", IO, 40), thread("fetcher 2", IO, 40)),
			"2 fetchers waited 80.0 ms for input or output in 40.0 ms of wall time: 2 at once.",
		},
		"nothing": {recording(0), ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := c.rec.Finding(); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestHandOversAreNotAtOnce(t *testing.T) {
	rec := recording(20, Lane{Name: "a", Spans: spans(Sleeping, 10)}, Lane{Name: "b", Spans: spans("lock mu", 10, Sleeping, 10)})
	rec.lanes[0].Spans[0].End += 50 * time.Microsecond // goes on a little beside b
	if got := rec.MaxConcurrent(); got != 1 {
		t.Errorf("%d at once, want 1", got)
	}
	rec.lanes[0].Spans[0].End += time.Millisecond
	if got := rec.MaxConcurrent(); got != 2 {
		t.Errorf("%d at once, want 2", got)
	}
}

func TestNumberedNames(t *testing.T) {
	for name, want := range map[string]string{
		"worker 7": "worker", "worker-12": "worker", "T3": "T", "goroutine 2: work": "goroutine",
		"main": "", "7": "", "worker": "", "the 3": "the", "a b 3": "",
	} {
		if got := numbered(name); got != want {
			t.Errorf("numbered(%q) = %q, want %q", name, got, want)
		}
	}
	if got := count(2, "process") + ", " + count(1, "core") + ", " + count(3, "box"); got != "2 processes, 1 core, 3 boxes" {
		t.Error(got)
	}
}

func TestStallNamesHoldersAndEndsSoon(t *testing.T) {
	rec := recording(2000,
		Lane{Name: "main", Kind: Main, Spans: spans(Running, 1, "all of group", 1999)},
		Lane{Name: "worker 1", Kind: Thread, Spans: spans(Sleeping, 8, "lock b", 1992)},
		Lane{Name: "lock b", Kind: Lock, Spans: []Span{{Start: 2 * ms, End: 2000 * ms, State: Held, For: "worker 2"}}},
	)
	rec.stall()
	if rec.wall != 10*ms {
		t.Errorf("drawn for %v, want a little more than the 8 ms in which something happened", rec.wall)
	}
	if want := "Nothing can run any more: main waits for all of group; worker 1 waits for lock b, which worker 2 holds."; rec.Finding() != want {
		t.Errorf("got  %s\nwant %s", rec.Finding(), want)
	}
	if report := rec.stallReport(); !strings.HasSuffix(report, "run the cell again.\n") {
		t.Error(report)
	}
}

func TestStallNamesAllHolders(t *testing.T) {
	for held, want := range map[string]string{
		"worker 2":                      "main waits for lock b, which worker 2 holds",
		"goroutine 1: work":             "main waits for lock b, which goroutine 1: work holds",
		"2 of 3: worker 1, worker 2":    "main waits for lock b, held by worker 1, worker 2",
		"2 readers: worker 1, worker 2": "main waits for lock b, held by worker 1, worker 2",
	} {
		rec := recording(10,
			Lane{Name: "main", Kind: Main, Spans: spans("lock b", 10)},
			Lane{Name: "lock b", Kind: Lock, Spans: []Span{{End: 10 * ms, State: Held, For: held}}},
		)
		if got := rec.waits(); len(got) != 1 || got[0] != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
