package storyboard

import (
	"cmp"
	"slices"

	"github.com/interleave-lab/interleave/internal/engine/explain"
	"github.com/interleave-lab/interleave/internal/engine/schedule/record"
	"github.com/interleave-lab/interleave/internal/engine/weave"
)

// read takes the steps of all goroutines out of the events.
func (s *Story) read() (steps []step) {
	for _, e := range s.run.Events {
		switch e.Kind {
		case record.Began:
			s.started[e.Goroutine] = e
		case record.HeldBack:
			if place, ok := s.placeOf(e.Place); ok {
				steps = append(steps, step{goroutine: e.Goroutine, number: e.Place, place: place, at: int64(e.To), until: int64(e.To), times: 1})
			}
		}
	}
	slices.SortStableFunc(steps, func(a, b step) int { return cmp.Compare(a.at, b.at) })
	return steps
}

// faults marks where it goes wrong, by steps of its own where the line of it has none.
func (s *Story) faults(steps []step) []step {
	switch s.run.Verdict {
	case explain.Race:
		return s.raced(steps)
	case explain.Deadlock, explain.Leak, explain.Inconclusive:
		for _, end := range s.run.Ends {
			if g, ok := s.known(end.Goroutine); ok && end.What != "" {
				s.stuck[g] = stuck{weave.Place{Unit: end.File, Line: end.Line}, end.What}
			}
		}
		return steps
	case explain.Failed:
		return s.noticed(steps)
	}
	if len(s.run.Ends) == 0 { // a panic outside of the program's lines
		return steps
	}
	at := len(steps) - 1
	if g, ok := s.known(s.run.Ends[0].Goroutine); ok {
		for at > 0 && steps[at].goroutine != g {
			at--
		}
	}
	return s.mark(steps, at, s.end(), s.run.Ends[0])
}

// noticed ends the story where the check noticed that something is wrong: in a call of
// the goroutine that came to its next Point first, or at the end.
func (s *Story) noticed(steps []step) []step {
	last := step{goroutine: 0, at: s.end(), until: s.end(), times: 1, fault: "fails"}
	for _, e := range s.run.Events {
		if e.Kind == record.Noticed {
			place, _ := s.placeOf(e.Place)
			last = step{goroutine: e.Goroutine, place: place, at: int64(e.To), until: int64(e.To), times: 1, fault: "fails"}
		}
	}
	steps = slices.DeleteFunc(steps, func(st step) bool { return st.at > last.at })
	return append(steps, last)
}

// mark makes step i one that goes wrong, or adds one of the same goroutine if its line
// is another.
func (s *Story) mark(steps []step, i int, when int64, end explain.End) []step {
	place := weave.Place{Unit: end.File, Line: end.Line}
	if steps[i].place == place {
		steps[i].fault = end.What
		return steps
	}
	after := i + 1
	for after < len(steps) && steps[after].at <= when {
		after++
	}
	return slices.Insert(steps, after, step{goroutine: steps[i].goroutine, place: place, at: when, until: when, times: 1, fault: end.What})
}

// known is which goroutine of the record has a number in the runtime.
func (s *Story) known(number uint64) (int32, bool) {
	for g, e := range s.started {
		if e.Object == number {
			return g, true
		}
	}
	return 0, false
}

// end is when the last event was.
func (s *Story) end() (last int64) {
	for _, e := range s.run.Events {
		last = max(last, int64(e.To))
	}
	return last
}

// add appends a step, or counts it where a goroutine comes to one line again and again
// and nobody else does anything in between.
func (s *Story) add(st step) {
	if n := len(s.steps); n > 0 {
		last := &s.steps[n-1]
		if last.goroutine == st.goroutine && last.place == st.place && last.fault == "" && st.fault == "" {
			last.times++
			last.until = st.until
			return
		}
	}
	s.steps = append(s.steps, st)
}
