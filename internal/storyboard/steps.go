package storyboard

import (
	"cmp"
	"math"
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

// raced marks the two accesses of a race. The record knows whose the later one was. The
// earlier one was in the last step of another that leads to its line.
func (s *Story) raced(steps []step) []step {
	later := int32(-1)
	for _, e := range s.run.Events {
		if e.Kind == record.Raced {
			later = e.Goroutine
		}
	}
	if later < 0 || len(s.run.Ends) < 2 {
		return steps
	}
	last, first := s.run.Ends[0], s.run.Ends[1]
	spawns := map[int32]bool{} // statements that start a goroutine, whose lines are another's
	for _, e := range s.started {
		spawns[e.Place] = true
	}
	at, when, least := -1, int64(0), math.MaxInt
	for i, st := range steps {
		if st.goroutine == later || spawns[st.number] && at >= 0 {
			continue
		}
		if far, arrived := s.leadsTo(steps, i, first); far <= least && far < nowhere {
			at, when, least = i, arrived, far
			if spawns[st.number] {
				least = math.MaxInt - 1 // any other is better
			}
		}
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

// choose picks the goroutines that are shown: the root, and who takes part in what goes
// wrong; where that is not known, all, the first of them if there are many.
func (s *Story) choose(steps []step) {
	weight := map[int32]int{}
	for _, st := range steps {
		weight[st.goroutine]++ // is there
		if st.fault != "" {
			weight[st.goroutine] += 1 << 20
		}
	}
	circle := s.circle()
	for _, g := range circle {
		weight[g] += 1 << 20
	}
	if circle == nil {
		for g := range s.stuck {
			weight[g] += 1 << 20
		}
	}
	// Only who takes part is of interest, where that is known.
	sharp := circle != nil || s.run.Verdict == explain.Race || s.run.Verdict == explain.Leak || s.run.Verdict == explain.Panic
	for g := range weight {
		if g == 0 || !sharp || weight[g] >= 1<<20 {
			s.lanes = append(s.lanes, g)
		} else {
			s.left++
		}
	}
	slices.SortFunc(s.lanes, func(a, b int32) int {
		return cmp.Or(-cmp.Compare(weight[a]>>20, weight[b]>>20), cmp.Compare(a, b))
	})
	if n := len(s.lanes); n > mostLanes {
		kept := s.lanes[:mostLanes]
		if !slices.Contains(kept, 0) && weight[0] > 0 {
			kept[mostLanes-1] = 0
		}
		s.lanes, s.left = kept, s.left+n-mostLanes
	}
	slices.Sort(s.lanes)
}

// circle is who waits in a circle for one another's locks at the end.
func (s *Story) circle() []int32 {
	holder := map[int32]int32{}
	for _, e := range s.run.Events {
		if _, waits := s.stuck[e.Goroutine]; waits && e.Kind == record.ForLock && int64(e.To) == s.end() {
			holder[e.Goroutine] = e.Holder
		}
	}
	for g := range holder {
		way := []int32{}
		for at, ok := g, true; ok && !slices.Contains(way, at); at, ok = holder[at] {
			way = append(way, at)
		}
		if next, ok := holder[way[len(way)-1]]; ok && next == g {
			return way
		}
	}
	return nil
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

// layOut gives each step its place. If there are too many, those at the end are shown,
// where it goes wrong. If the check only sees at the end what has come of it, it went wrong
// before: then most are those from where on a goroutine is held back, or from the
// beginning, and some the last.
func (s *Story) layOut() {
	n := len(s.steps)
	first, end, rest := s.lastOf(mostUnits-s.stuckWidth()), n, n
	if s.run.Verdict == explain.Failed && s.steps[n-1].place.Line == 0 && first > 0 {
		first = min(first, s.heldBack())
		rest = max(first, s.lastOf(lastUnits))
		for end = first; end < rest && s.width(first, end+1)+s.width(rest, n) <= mostUnits; end++ {
		}
	}
	for _, st := range s.steps[:first] {
		s.cut += st.times
	}
	for _, st := range s.steps[end:rest] {
		s.skipped += st.times
	}
	s.skip = end - first
	s.steps = slices.Concat(s.steps[first:end], s.steps[rest:])
	for _, st := range s.steps {
		s.from = append(s.from, s.units)
		s.units += st.width()
	}
	s.units += s.stuckWidth()
}

// lastOf is from where on the steps are no wider than that.
func (s *Story) lastOf(width int) (first int) {
	for first = len(s.steps); first > 0 && s.width(first-1, len(s.steps)) <= width; first-- {
	}
	return first
}

// heldBack is the step after which a goroutine is held back for long first, since what it
// did there may be what it goes on with too late; 0 if none is.
func (s *Story) heldBack() (before int) {
	for _, e := range s.run.Events {
		if e.Kind != record.HeldBack || !e.Long || s.lane(e.Goroutine) < 0 {
			continue
		}
		for i, st := range s.steps {
			if st.at <= int64(e.From) && st.goroutine == e.Goroutine {
				before = i
			}
		}
		return before
	}
	return 0
}

// width is that of some of the steps.
func (s *Story) width(from, to int) (width int) {
	for _, st := range s.steps[from:to] {
		width += st.width()
	}
	return width
}

func (s *Story) stuckWidth() int {
	if len(s.stuck) > 0 {
		return stuckWidth
	}
	return 0
}

// stuckWidth is how wide a wait without an end is drawn, at the right edge.
const stuckWidth = 3

// width is in units: what goes wrong is wide enough for a word.
func (st step) width() int {
	if st.fault != "" {
		return 3
	}
	return 1
}
