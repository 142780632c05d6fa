package storyboard

import (
	"slices"
	"strconv"

	"github.com/interleave-lab/interleave/internal/engine/explain"
	"github.com/interleave-lab/interleave/internal/engine/schedule/record"
)

const (
	// axis is how many pixels wide the steps are drawn in a notebook, and digit how wide
	// a digit of a line's number is.
	axis, digit = 640, 7
	// stuckWidth is how wide a wait without an end is drawn at least, at the right edge:
	// it has room for its words.
	stuckWidth = 5
	// longestRound is how many steps the rounds of a loop have that are told once.
	longestRound = 6
)

// mostUnits is how wide a picture may be, so that a step has room for its line's number.
func (s *Story) mostUnits() int {
	widest := 2
	for _, st := range s.steps {
		widest = max(widest, len(strconv.Itoa(st.place.Line)))
	}
	return min(26, axis/(widest*digit+10))
}

// layOut gives each step its place, and leaves out what is too much.
func (s *Story) layOut() {
	if len(s.steps) == 0 {
		return
	}
	if !s.fold() {
		s.shorten()
	}
	s.dropIdle()
	for _, st := range s.steps {
		s.from = append(s.from, s.units)
		s.units += st.width()
	}
	s.units += s.stuckWidth()
}

// fold leaves out all rounds of a loop but its first and its last, if what is then left
// is not too much, and nobody was held back for long meanwhile.
func (s *Story) fold() bool {
	n := len(s.steps)
	from, to := 0, 0 // of the longest part that says nothing new
	for round := 2; round <= longestRound; round++ {
		for i := 0; i+round < n; i++ {
			end := i
			for end+round < n && alike(s.steps[end], s.steps[end+round]) {
				end++
			}
			// Steps i to end+round go round and round.
			if rounds := (end + round - i) / round; rounds > 2 && (rounds-2)*round > to-from {
				from, to = i+round, i+(rounds-1)*round
			}
		}
	}
	rest := slices.Concat(s.steps[:from], s.steps[to:])
	if from == to || width(rest) > s.mostUnits()-s.stuckWidth() || s.holdsBack(s.steps[from].at, s.steps[to].at) {
		return false
	}
	s.skipped, s.skip = count(s.steps[from:to]), from
	s.steps = rest
	return true
}

// holdsBack reports whether this schedule held somebody back for long who is shown.
func (s *Story) holdsBack(since, until int64) bool {
	return slices.ContainsFunc(s.run.Events, func(e record.Event) bool {
		return e.Kind == record.HeldBack && e.Long && int64(e.From) >= since && int64(e.From) < until && s.lane(e.Goroutine) >= 0
	})
}

// alike reports whether two steps only differ in when they were.
func alike(a, b step) bool {
	return a.goroutine == b.goroutine && a.place == b.place && a.times == b.times && a.fault == "" && b.fault == ""
}

// shorten shows those steps at the end, where it goes wrong, if there are too many. If
// the check only sees at the end what has come of it, it went wrong before: then most are
// those from where on a goroutine is held back, or from the beginning, and some the last.
func (s *Story) shorten() {
	n, most := len(s.steps), s.mostUnits()
	first, end, rest := s.lastOf(most-s.stuckWidth()), n, n
	if s.run.Verdict == explain.Failed && s.steps[n-1].place.Line == 0 && first > 0 {
		first = min(first, s.heldBack())
		rest = max(first, s.lastOf(lastUnits))
		for end = first; end < rest && width(s.steps[first:end+1])+width(s.steps[rest:]) <= most; end++ {
		}
	}
	s.cut, s.skipped, s.skip = count(s.steps[:first]), count(s.steps[end:rest]), end-first
	s.steps = slices.Concat(s.steps[first:end], s.steps[rest:])
}

// lastOf is from where on the steps are no wider than that.
func (s *Story) lastOf(most int) (first int) {
	for first = len(s.steps); first > 0 && width(s.steps[first-1:]) <= most; first-- {
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

// count is how many steps these were.
func count(steps []step) (n int) {
	for _, st := range steps {
		n += st.times
	}
	return n
}

// width is that of all these.
func width(steps []step) (width int) {
	for _, st := range steps {
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

// width is in units: what goes wrong is wide enough for a word.
func (st step) width() int {
	if st.fault != "" {
		return 3
	}
	return 1
}
