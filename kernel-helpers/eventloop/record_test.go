package eventloop_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/eventloop"
)

func TestRecordingTellsWhatEachTaskDid(t *testing.T) {
	rec, err := eventloop.Record(func(loop *Loop) error {
		event := eventloop.NewEvent(loop, "tea")
		cook := loop.Go("cook", func() error {
			loop.Sleep(2 * time.Second)
			loop.Compute(time.Second / 4)
			event.Set()
			return nil
		})
		guest := loop.Go("guest", func() error { return event.Wait() })
		_, err := eventloop.Gather(cook, guest)
		return err
	}, eventloop.Slow(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, lane := range rec.Lanes {
		for _, s := range lane.Spans {
			got = append(got, strings.TrimSpace(fmt.Sprint(lane.Task, " ", s.Start, " ", s.End, " ", s.State, " ", s.For)))
			if waits := s.State == eventloop.Waiting || s.State == eventloop.Sleeping; waits != strings.Contains(s.Line, "record_test.go:") {
				t.Errorf("%s waits at line %q", lane.Task, s.Line)
			}
		}
	}
	want := []string{
		"main 0s 0s running", "main 0s 2.25s waiting tasks cook, guest", "main 2.25s 2.25s running",
		"cook 0s 0s running", "cook 0s 2s sleeping", "cook 2s 2.25s running",
		"guest 0s 0s running", "guest 0s 2.25s waiting event tea", "guest 2.25s 2.25s running",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if rec.Wall != 2250*time.Millisecond || rec.Turns != 6 {
		t.Error(rec.Wall, rec.Turns)
	}
	if finding := rec.Finding(); !strings.HasPrefix(finding, "1 task slept 2.00 s in 2.25 s of virtual time (") || !strings.HasSuffix(finding, " of real time): one thread gave 6 turns, never two at once.") {
		t.Error(finding)
	}
}

// TestTheChartShowsOneTurnAtATime holds for a loop of many tasks with as many
// turns at the same instants.
func TestTheChartShowsOneTurnAtATime(t *testing.T) {
	rec, _ := eventloop.Record(func(loop *Loop) error {
		var tasks []*eventloop.Task[eventloop.None]
		for id := range 20 {
			tasks = append(tasks, loop.Go("", func() error {
				for i := range 5 {
					loop.Sleep(time.Duration(id*i%3) * time.Millisecond)
					if i == id%5 {
						loop.Compute(time.Millisecond)
					}
				}
				return nil
			}))
		}
		_, err := eventloop.Gather(tasks...)
		return err
	})
	type turn struct {
		lane       int
		start, end time.Duration
	}
	var turns []turn
	for i, lane := range rec.Drawn() {
		var end time.Duration
		for _, s := range lane.Spans {
			if s.Start < end || s.End < s.Start {
				t.Errorf("lane %d: a span from %v to %v follows one that ends at %v", i, s.Start, s.End, end)
			}
			end = s.End
			if s.State == "running" {
				turns = append(turns, turn{i, s.Start, s.End})
			}
		}
	}
	for i, a := range turns {
		for _, b := range turns[:i] {
			if max(a.start, b.start) < min(a.end, b.end) {
				t.Fatalf("two run at once: %v and %v", a, b)
			}
		}
	}
	for _, load := range rec.Strip() {
		if load.Running > 1 || load.Running < 0 || load.Ready < 0 {
			t.Fatal("the strip says otherwise:", load)
		}
	}
	if len(turns) != rec.Turns {
		t.Errorf("%d turns are drawn of %d", len(turns), rec.Turns)
	}
}

func TestShowDrawsWhatThereWasBeforeADeadlock(t *testing.T) {
	out := printed(t, func() {
		err := panicOf(func() {
			eventloop.Show("Stuck", func(loop *Loop) error { return eventloop.NewEvent(loop, "dawn").Wait() })
		})
		if _, ok := err.(*eventloop.DeadlockError); !ok {
			t.Error(err)
		}
	})
	if !strings.Contains(out, "1 task took 0 s of virtual time") {
		t.Error(out)
	}
}
