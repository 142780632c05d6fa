package storyboard

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/internal/engine/explain"
	"github.com/interleave-lab/interleave/internal/engine/schedule/record"
	"github.com/interleave-lab/interleave/internal/engine/weave"
)

// program is the run of a program that has place n in line 10n.
func program(events []record.Event, verdict explain.Verdict, ends ...explain.End) Run {
	places := make([]weave.Place, 9)
	for i := range places {
		places[i] = weave.Place{Unit: "Add", Line: 10 * (i + 1)}
	}
	return Run{Title: "A story", Root: "the check", Verdict: verdict, Events: events, Places: places, Ends: ends,
		Quote: func(_ string, line int) string { return fmt.Sprint("line", line, "()") }}
}

func began(goroutine, by, place int32, at time.Duration) record.Event {
	return record.Event{Kind: record.Began, Goroutine: goroutine, Holder: by, Place: place, From: at, To: at, Object: uint64(100 + goroutine)}
}

func passed(goroutine, place int32, from, to time.Duration) record.Event {
	return record.Event{Kind: record.HeldBack, Goroutine: goroutine, Place: place, From: from, To: to, Long: to-from > time.Second}
}

// waits is a goroutine that waits for another's lock, to the end.
func waits(goroutine, holder int32, lock uint64, from time.Duration) record.Event {
	return record.Event{Kind: record.ForLock, Goroutine: goroutine, Holder: holder, Object: lock, From: from, To: 20}
}

// two begins as all stories here do: the check starts two goroutines in line 10.
func two(more ...record.Event) []record.Event {
	return append([]record.Event{
		began(0, 0, 0, 0), passed(0, 1, 0, 1),
		began(1, 0, 1, 1), passed(0, 1, 1, 2),
		began(2, 0, 1, 2), passed(0, 2, 2, 3),
	}, more...)
}

func want(t *testing.T, s *Story, lines string) {
	t.Helper()
	if got := strings.Join(s.Lines(), "\n"); got != strings.TrimSpace(lines) {
		t.Errorf("got\n%s\nwant\n%s", got, strings.TrimSpace(lines))
	}
	if _, err := s.Chart().Bundle(); err != nil {
		t.Error(err)
	}
}

func TestARaceNamesWhoseAccessesTheyWere(t *testing.T) {
	s := New(program(two(
		passed(1, 3, 1, 10), passed(2, 3, 2, 11),
		passed(1, 5, 10, 12), // came from line 30 through 40 to 50
		record.Event{Kind: record.Raced, Goroutine: 2, From: 11, To: 13, Place: 3},
	), explain.Race, explain.End{File: "Add", Line: 40, What: "writes"}, explain.End{File: "Add", Line: 40, What: "reads"}))
	want(t, s, `
the check   10  line10()   (2 times)
the check   20  line20()
G1          30  line30()
G1          40  line40()   ✗ reads
G2          30  line30()
G1          50  line50()
G2          40  line40()   ✗ writes`)
	if got := s.Finding(); got != "G1 reads in line 40, and G2 writes in line 40; nothing says which comes first." {
		t.Error(got)
	}
}

func TestADeadlockShowsTheCircleAlone(t *testing.T) {
	held := func(goroutine int32, lock uint64, from time.Duration) record.Event {
		return record.Event{Kind: record.Held, Goroutine: goroutine, Object: lock, From: from, To: 20}
	}
	s := New(program(two(
		began(3, 0, 1, 4), passed(3, 3, 4, 5), // waits for the circle, and is no part of it
		passed(1, 3, 1, 10), passed(2, 4, 2, 11), passed(1, 4, 10, 12), passed(2, 3, 11, 13),
		held(1, 7, 10), waits(1, 2, 8, 12), held(2, 8, 11), waits(2, 1, 7, 13), waits(3, 1, 7, 14),
	), explain.Deadlock,
		explain.End{Goroutine: 101, File: "Add", Line: 40, What: "for a lock"},
		explain.End{Goroutine: 102, File: "Add", Line: 30, What: "for a lock"},
		explain.End{Goroutine: 103, File: "Add", Line: 30, What: "for a lock"}))
	want(t, s, `
the check   10  line10()   (2 times)
the check   20  line20()
G1          30  line30()
G2          40  line40()
G1          40  line40()
G2          30  line30()
G1          40  line40()   ✗ waits for ever for a lock
G2          30  line30()   ✗ waits for ever for a lock`)
	if got := s.Finding(); got != "G1 waits for ever in line 40, and G2 in line 30: nothing can go on." {
		t.Error(got)
	}
	chart := s.Chart()
	if text := fmt.Sprint(chart.Lanes); !strings.Contains(text, "lock A") || !strings.Contains(text, "lock B") || strings.Contains(text, "G3") {
		t.Error(text)
	}
	if !strings.HasSuffix(chart.Subtitle, "Not drawn: 1 other goroutine.") {
		t.Error(chart.Subtitle)
	}
}

func TestAStoryEndsWhereTheCheckNotices(t *testing.T) {
	s := New(program(two(
		passed(1, 3, 1, 10), passed(2, 3, 2, 11),
		record.Event{Kind: record.Noticed, Goroutine: 1, From: 10, To: 12, Place: 3},
		passed(1, 4, 12, 14), passed(0, 5, 3, 15), // of no interest any more
	), explain.Failed))
	want(t, s, `
the check   10  line10()   (2 times)
the check   20  line20()
G1          30  line30()
G2          30  line30()
G1          30  line30()   ✗ here the check finds what is wrong`)
	if got := s.Finding(); got != "After these steps the check finds what is wrong, in a call of G1 in line 30." {
		t.Error(got)
	}
	for says, want := range map[string]string{
		"Two were at once. Take turns.\nAnd again.": "After these steps the check finds what is wrong, in a call of G1 in line 30: Two were at once. Take turns.",
		strings.Repeat("long ", 100):                "After these steps the check finds what is wrong, in a call of G1 in line 30.",
	} {
		s.run.Says = says
		if got := s.Finding(); got != want {
			t.Error(got)
		}
	}
}

// long is a story of many steps, none of which come again and again, in which G1 is held
// back before step after.
func long(after int) []record.Event {
	events := two()
	at := time.Duration(10)
	for i := range 100 {
		from := at
		if at++; i == after {
			at += 2 * time.Second
		}
		events = append(events, passed(int32(1+i%2), int32(3+i*i%7), from, at))
	}
	return events
}

func TestOfALongStoryTheEndIsTold(t *testing.T) {
	events := append(long(-1), record.Event{Kind: record.Noticed, Goroutine: 2, From: 111, To: 112, Place: 4})
	s := New(program(events, explain.Failed))
	lines := s.Lines()
	if !strings.Contains(lines[0], "steps before)") || !strings.HasPrefix(lines[len(lines)-1], "G2   40  line40()   ✗ here") || s.skipped > 0 {
		t.Errorf("%d lines\n%s", len(lines), strings.Join(lines, "\n"))
	}
	if s.units > s.mostUnits() {
		t.Errorf("%d units wide", s.units)
	}
}

func TestOfWhatACheckSeesAtItsEndBothEndsAreTold(t *testing.T) {
	for name, c := range map[string]struct {
		after int
		first string
	}{
		"nobody is held back":  {-1, "the check   10  line10()   (2 times)"},
		"G1 is, in the middle": {50, "…               (51 steps before)"},
		"G1 is, near the end":  {98, "…               ("},
	} {
		s := New(program(long(c.after), explain.Failed))
		lines := s.Lines()
		all := strings.Join(lines, "\n")
		if !strings.HasPrefix(lines[0], c.first) || !strings.HasSuffix(all, "the check       ✗ finds what is wrong") || s.units > s.mostUnits() || s.units < s.mostUnits()-3 {
			t.Errorf("%s: %d wide\n%s", name, s.units, all)
		}
		if rest := len(s.steps) - s.skip; s.skipped > 0 && (rest < 5 || rest > 10 || !strings.HasSuffix(lines[len(lines)-rest-1], " more)")) {
			t.Errorf("%s: %d steps are those at the end\n%s", name, rest, all)
		}
		if s.cut+s.skipped+len(s.steps) < 100 {
			t.Errorf("%s: %d + %d steps are not shown, and %d are", name, s.cut, s.skipped, len(s.steps))
		}
	}
}

func TestWithoutAStepThereIsNoStory(t *testing.T) {
	if s := New(program([]record.Event{began(0, 0, 0, 0)}, explain.Failed)); s != nil {
		t.Error(s.Lines())
	}
	if s := New(program(nil, explain.Race)); s != nil {
		t.Error(s.Lines())
	}
}
