package timeline

import (
	"testing"
	"time"
)

func TestWhatIsStill(t *testing.T) {
	main := func(parts ...any) Lane { return Lane{Name: "main", Kind: Main, Spans: spans(parts...)} }
	thread := func(parts ...any) Lane { return Lane{Name: "worker 1", Kind: Thread, Spans: spans(parts...)} }
	process := func(parts ...any) Lane { return Lane{Name: "primes", Kind: Process, Spans: spans(parts...)} }
	held := Lane{Name: "lock a", Kind: Lock, Spans: spans(Held, 10)}
	for name, c := range map[string]struct {
		rec   *Recording
		still time.Duration // 0 if it is not
	}{
		"all wait":                     {recording(10, main(Running, 1, "all of wg", 9), thread(Running, 2, "lock a", 8), held), 8 * ms},
		"one has ended since":          {recording(10, main("all of wg", 10), thread(Running, 4)), 6 * ms},
		"one sleeps":                   {recording(10, main("all of wg", 10), thread(Sleeping, 10)), 0},
		"one computes":                 {recording(10, main("all of wg", 10), thread(Running, 10)), 0},
		"one would, were a core free":  {recording(10, main("all of wg", 10), thread(Ready, 10)), 0},
		"one waits for the network":    {recording(10, main(IO, 10)), 0},
		"a child process works":        {recording(10, main("primes to end", 10), process(Running, 10)), 0},
		"a child process is stuck too": {recording(10, main("primes to end", 10), process(Running, 3, "lock a", 7)), 7 * ms},
	} {
		t.Run(name, func(t *testing.T) {
			if still, ok := c.rec.stillFor(); still != c.still || ok != (c.still > 0) {
				t.Errorf("still for %v: %v, want %v", still, ok, c.still)
			}
		})
	}
}

func TestSilenceIsToldInAFewLines(t *testing.T) {
	rec := recording(6000, Lane{Name: "main", Kind: Main, Spans: spans("all of wg", 6000)})
	for range 20 {
		rec.lanes = append(rec.lanes, Lane{Name: "worker", Kind: Thread, Spans: spans(Running, 10, "a value from jobs", 5990)})
	}
	want := "Nothing of this recording has moved for 5 s:\n  main waits for all of wg\n"
	for range mostWaits - 1 {
		want += "  worker waits for a value from jobs\n"
	}
	want += "  9 more wait\nStop the cell with ■ (Interrupt) if that is not meant. Until then it goes on.\n"
	if got := rec.silenceReport(5990 * ms); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}
