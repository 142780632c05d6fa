package storyboard

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/internal/engine/explain"
	"github.com/interleave-lab/interleave/internal/engine/schedule/record"
)

// leaves is the end of a goroutine that waits for ever in line 40.
func leaves(goroutine int32) explain.End {
	return explain.End{Goroutine: uint64(100 + goroutine), File: "Add", Line: 40, What: "to send on a channel"}
}

func TestOfManyThatAreLeftSomeAreDrawnAndTheRestCounted(t *testing.T) {
	events := two()
	var ends []explain.End
	for g := int32(1); g <= 15; g++ {
		at := time.Duration(10 * g)
		if g > 2 {
			events = append(events, began(g, 0, 1, at))
		}
		events = append(events, passed(g, 4, at, at+1))
		ends = append(ends, leaves(g))
	}
	s := New(program(events, explain.Leak, ends...))
	lines := s.Lines()
	if last := lines[len(lines)-1]; last != "…           40  line40()   ✗ 7 more wait for ever to send on a channel" {
		t.Errorf("the list ends with %q", last)
	}
	chart := s.Chart()
	lanes := chart.Lanes
	if last := lanes[len(lanes)-1]; len(lanes) != mostLanes+1 || last.Label != "and 7 more" {
		t.Errorf("%d lanes, the last of which is %q", len(lanes), last.Label)
	}
	if strings.Contains(chart.Subtitle, "other goroutine") {
		t.Errorf("nobody else is there, and it says %q", chart.Subtitle)
	}
	if got := s.Finding(); got != "The function has returned, and 15 goroutines wait for ever in line 40." {
		t.Error(got)
	}
}

func TestALaneSaysWhereItsGoroutineComesFrom(t *testing.T) {
	s := New(program([]record.Event{
		began(0, -1, 0, 0),
		began(1, 0, 0, 1), passed(1, 2, 1, 2), // by the check itself
		began(2, 1, 2, 2), passed(2, 4, 2, 3),
		began(3, 1, 2, 2), passed(3, 3, 2, 4), // takes no part
		began(4, -1, 0, 5), passed(4, 4, 5, 6), // by nobody that is known
	}, explain.Leak, leaves(2), leaves(4)))
	if got, want := fmt.Sprint(s.Chart().Lanes), "[{G1, started by the check thread} {G2, started in line 20 thread} {G4 thread}]"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if !strings.HasSuffix(s.Chart().Subtitle, "Not drawn: 1 other goroutine.") {
		t.Error(s.Chart().Subtitle)
	}
	if first := s.Lines()[0]; first != "G1   20  line20()   (started by the check)" {
		t.Error(first)
	}
}

func TestACheckThatWaitsItselfIsNamed(t *testing.T) {
	for verdict, want := range map[explain.Verdict]string{
		explain.Deadlock: "After these steps the check waits for ever.",
		explain.Leak:     "The function has returned, and goroutines are still there.",
	} {
		if got := New(program(two(), verdict)).Finding(); got != want {
			t.Errorf("%s: %s", verdict, got)
		}
	}
}

func TestARaceIsOfWhomTheReportSays(t *testing.T) {
	run := func(from explain.Origin) string {
		return New(program(two(
			passed(1, 3, 1, 10), passed(1, 5, 10, 12), passed(0, 6, 3, 13),
			// The check went on last, and it is G2 that comes to a Point.
			record.Event{Kind: record.Raced, Goroutine: 2, From: 2, To: 14, Place: 1},
		), explain.Race,
			explain.End{File: "Add", Line: 70, What: "reads", From: from},
			explain.End{File: "Add", Line: 40, What: "writes", From: explain.Origin{Known: true, At: explain.Call{File: "Add", Line: 10}}},
		)).Finding()
	}
	for name, c := range map[string]struct {
		from explain.Origin
		who  string
	}{
		"the first goroutine":      {explain.Origin{Known: true, Root: true}, "the check"},
		"one that line 10 started": {explain.Origin{Known: true, At: explain.Call{File: "Add", Line: 10}}, "G2"},
		"it does not say":          {explain.Origin{}, "G2"},
	} {
		if got := run(c.from); got != "G1 writes in line 40, and "+c.who+" reads in line 70; nothing says which comes first." {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestRoundsOfALoopAreToldOnce(t *testing.T) {
	rounds := func(long int) []record.Event {
		events := two()
		at := time.Duration(10)
		for i := range 20 {
			from := at
			if at++; i == long {
				at += 2 * time.Second
			}
			events = append(events, passed(1, int32(3+i%4), from, at))
		}
		return append(events, record.Event{Kind: record.Noticed, Goroutine: 1, From: at, To: at + 1, Place: 7})
	}
	want(t, New(program(rounds(-1), explain.Failed)), `
the check   10  line10()   (2 times)
the check   20  line20()
G1          30  line30()
G1          40  line40()
G1          50  line50()
G1          60  line60()
…               (12 steps more)
G1          30  line30()
G1          40  line40()
G1          50  line50()
G1          60  line60()
G1          70  line70()   ✗ here the check finds what is wrong`)
	if s := New(program(rounds(10), explain.Failed)); s.skipped > 0 {
		t.Errorf("a goroutine was held back in a round that is not told:\n%s", strings.Join(s.Lines(), "\n"))
	}
}

func TestWhoOnlyWaitsForACircleIsNoPartOfIt(t *testing.T) {
	s := New(program(two(
		passed(1, 3, 1, 10), passed(2, 4, 2, 11), waits(1, 2, 8, 12), waits(2, 1, 7, 13),
	), explain.Deadlock,
		explain.End{Goroutine: 100, File: "Add", Line: 20, What: "for a WaitGroup"},
		explain.End{Goroutine: 101, File: "Add", Line: 40, What: "for a lock"},
		explain.End{Goroutine: 102, File: "Add", Line: 30, What: "for a lock"}))
	want(t, s, `
the check   10  line10()   (2 times)
the check   20  line20()
G1          30  line30()
G2          40  line40()
the check   20  line20()   waits for a WaitGroup, too
G1          40  line40()   ✗ waits for ever for a lock
G2          30  line30()   ✗ waits for ever for a lock`)
	for _, span := range s.spans(0) {
		if span.State == "fault" {
			t.Errorf("the check is drawn as if it were at fault: %+v", span)
		}
	}
}

func TestWhoDoesNothingHasNoLane(t *testing.T) {
	s := New(program(append(long(-1),
		began(3, 0, 1, 112), // comes last, and does nothing more than to be there
		record.Event{Kind: record.Noticed, Goroutine: 2, From: 111, To: 112, Place: 4}), explain.Failed))
	chart := s.Chart()
	if got := fmt.Sprint(chart.Lanes); got != "[{G1, started in line 10 thread} {G2, started in line 10 thread}]" {
		t.Error(got)
	}
	if !strings.HasSuffix(chart.Subtitle, " and 1 other goroutine.") { // the check, whose steps were long before
		t.Error(chart.Subtitle)
	}
}

func TestWhoGoesOnAndOnIsNamed(t *testing.T) {
	events := two(passed(1, 3, 1, 10))
	for at := time.Duration(11); at < 60; at += 2 {
		events = append(events, passed(2, 4, at, at+1), passed(2, 5, at+1, at+2))
	}
	if got := New(program(events, explain.Inconclusive)).Finding(); got != "G2 comes to lines 40 and 50 again and again." {
		t.Error(got)
	}
	events = append(events, passed(1, 4, 60, 61))
	if got := New(program(events, explain.Inconclusive)).Finding(); got != "It goes on and on." {
		t.Error(got)
	}
}
