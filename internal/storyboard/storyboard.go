// Package storyboard tells a recorded run under a schedule: who did which step in
// which order, who was held back, who waited for whom, and where it went wrong. It
// makes a picture of it and a short list of steps.
//
// In virtual time a step takes no time at all, and being held back takes seconds. So a
// storyboard has no times: what it shows is the order.
package storyboard

import (
	"fmt"

	"github.com/interleave-lab/interleave/internal/engine/explain"
	"github.com/interleave-lab/interleave/internal/engine/schedule/record"
	"github.com/interleave-lab/interleave/internal/engine/weave"
)

// Run is a recorded run that did not end as it should.
type Run struct {
	Title   string // of the picture
	Root    string // who goroutine 0 is: "the check", "main"
	Seed    uint64
	Verdict explain.Verdict
	Says    string // of a check that failed: what it says is wrong; "": that is told elsewhere
	Events  []record.Event
	Places  []weave.Place
	Ends    []explain.End
	Quote   func(file string, line int) string // a line of the program's source, "" if there is none
}

// Bounds of what is shown: more than that is no story.
const (
	mostLanes = 9  // of goroutines
	lastUnits = 11 // of width, where the first steps are not at the end
)

// Story is a run made ready to be shown.
type Story struct {
	run     Run
	lanes   []int32         // the goroutines that are shown
	crowd   []int32         // those that take part in what goes wrong and have no lane left
	left    int             // how many others are not shown
	steps   []step          // theirs, in order
	from    []int           // from[i] is where step i begins, in units of width
	units   int             // the width in all
	skipped int             // how many are not in between
	skip    int             // of how many that are shown these come after
	cut     int             // how many steps before the first are not shown
	stuck   map[int32]stuck // who waits for ever
	started map[int32]record.Event
}

// step is a line that a goroutine came to, again and again if times is more than 1.
type step struct {
	goroutine int32
	number    int32 // of the place, 0 if the step is none of the record's
	place     weave.Place
	at        int64 // virtual time, to order it among events
	until     int64 // the same of the last time
	times     int
	fault     string // what went wrong here: "writes"; "": nothing
}

// stuck is a wait that does not end.
type stuck struct {
	place weave.Place
	what  string // "to receive from a channel"
}

// New makes a run's story. It returns nil if there is nothing to tell: no goroutine of
// the program came to any line.
func New(run Run) *Story {
	s := &Story{run: run, stuck: map[int32]stuck{}, started: map[int32]record.Event{}}
	all := s.read()
	if len(all) == 0 {
		return nil
	}
	all = s.faults(all)
	s.choose(all)
	for _, st := range all {
		if s.lane(st.goroutine) >= 0 {
			s.add(st)
		}
	}
	s.layOut()
	return s
}

// name is what a goroutine is called.
func (s *Story) name(goroutine int32) string { return explain.Goroutine(goroutine, s.run.Root) }

// lane is on which lane a goroutine is; -1: on none.
func (s *Story) lane(goroutine int32) int {
	for i, g := range s.lanes {
		if g == goroutine {
			return i
		}
	}
	return -1
}

// where names a place and quotes it: "line 4 of Add: sum++".
func (s *Story) where(p weave.Place) string {
	text := fmt.Sprintf("line %d of %s", p.Line, p.Unit)
	if code := s.code(p); code != "" {
		text += ": " + code
	}
	return text
}

func (s *Story) code(p weave.Place) string { return s.run.Quote(p.Unit, p.Line) }

func (s *Story) placeOf(number int32) (weave.Place, bool) {
	if number < 1 || int(number) > len(s.run.Places) {
		return weave.Place{}, false
	}
	return s.run.Places[number-1], true
}
