package storyboard

import (
	"math"

	"github.com/interleave-lab/interleave/internal/engine/explain"
	"github.com/interleave-lab/interleave/internal/engine/schedule/record"
	"github.com/interleave-lab/interleave/internal/engine/weave"
)

// raced marks the two accesses of a race. The later one was made by a goroutine that came
// to a Point then or by one that went on last, and the report says where it comes from.
// The earlier one was in the last step of another that leads to its line.
func (s *Story) raced(steps []step) []step {
	found := int32(-1)
	for _, e := range s.run.Events {
		if e.Kind == record.Raced {
			found = e.Goroutine
		}
	}
	if found < 0 || len(s.run.Ends) < 2 {
		return steps
	}
	last, first := s.run.Ends[0], s.run.Ends[1]
	later := s.whose(steps, found, last)
	at, when := s.earlier(steps, later, first, s.comesFrom)
	if at < 0 { // the report knows better than the record, or neither does
		at, when = s.earlier(steps, later, first, func(int32, explain.Origin) bool { return true })
	}
	if at >= 0 {
		steps = s.mark(steps, at, when, first)
	}
	if last.Line > 0 {
		end := s.end()
		steps = append(steps, step{goroutine: later, place: weave.Place{Unit: last.File, Line: last.Line}, at: end, until: end, times: 1, fault: last.What})
	}
	return steps
}

// whose is the goroutine that made an access: the one that was found when the race was,
// unless the report says that it comes from elsewhere; then who of those that come from
// there went on last.
func (s *Story) whose(steps []step, found int32, end explain.End) int32 {
	if s.comesFrom(found, end.From) {
		return found
	}
	for i := len(steps) - 1; i >= 0; i-- {
		if s.comesFrom(steps[i].goroutine, end.From) {
			return steps[i].goroutine
		}
	}
	return found
}

// comesFrom reports whether a goroutine may be the one of which a report says that.
func (s *Story) comesFrom(goroutine int32, from explain.Origin) bool {
	place, ok := s.placeOf(s.started[goroutine].Place)
	switch {
	case !from.Known:
		return true
	case from.Root || goroutine == 0:
		return from.Root && goroutine == 0
	case from.At.Line == 0 || !ok:
		return true
	}
	return place == weave.Place{Unit: from.At.File, Line: from.At.Line}
}

// earlier looks for the last step of a goroutine other than later that leads to an
// access, and says when the goroutine was past it; -1: there is none.
func (s *Story) earlier(steps []step, later int32, end explain.End, may func(int32, explain.Origin) bool) (at int, when int64) {
	spawns := map[int32]bool{} // statements that start a goroutine, whose lines are another's
	for _, e := range s.started {
		spawns[e.Place] = true
	}
	at, least := -1, math.MaxInt
	for i, st := range steps {
		if st.goroutine == later || spawns[st.number] && at >= 0 || !may(st.goroutine, end.From) {
			continue
		}
		if far, arrived := s.leadsTo(steps, i, end); far <= least && far < nowhere {
			at, when, least = i, arrived, far
			if spawns[st.number] {
				least = math.MaxInt - 1 // any other is better
			}
		}
	}
	return at, when
}

// nowhere is how far a step is from a line to which it does not lead.
const nowhere = math.MaxInt

// leadsTo is how many lines a step is before an end, or before a call that led there,
// if a goroutine came from the step to its next Point past that line, and when it did.
func (s *Story) leadsTo(steps []step, i int, end explain.End) (far int, arrived int64) {
	from, far := steps[i], nowhere
	for _, at := range append(end.Calls[:len(end.Calls):len(end.Calls)], explain.Call{File: end.File, Line: end.Line}) {
		if at.File == from.place.Unit && at.Line >= from.place.Line {
			far = min(far, at.Line-from.place.Line)
		}
	}
	for _, e := range s.run.Events {
		if far < nowhere && e.Goroutine == from.goroutine && e.Kind == record.HeldBack && int64(e.To) > from.at {
			return far, int64(e.From)
		}
	}
	return nowhere, 0 // it has not come so far
}
