package storyboard

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/interleave-lab/interleave/internal/engine/explain"
	"github.com/interleave-lab/interleave/internal/engine/schedule/record"
)

// takesPart is the weight of who is in what goes wrong.
const takesPart = 1 << 20

// choose picks the goroutines that are shown: the root, and who takes part in what goes
// wrong; where that is not known, all, the first of them if there are many.
func (s *Story) choose(steps []step) {
	weight := map[int32]int{}
	for _, st := range steps {
		weight[st.goroutine]++ // is there
		if st.fault != "" {
			weight[st.goroutine] += takesPart
		}
	}
	circle := s.circle()
	for _, g := range circle {
		weight[g] += takesPart
	}
	if circle == nil {
		for g := range s.stuck {
			weight[g] += takesPart
		}
	}
	// Only who takes part is of interest, where that is known.
	sharp := circle != nil || s.run.Verdict == explain.Race || s.run.Verdict == explain.Leak || s.run.Verdict == explain.Panic
	for g := range weight {
		if g == 0 || !sharp || weight[g] >= takesPart {
			s.lanes = append(s.lanes, g)
		}
	}
	slices.SortFunc(s.lanes, func(a, b int32) int {
		return cmp.Or(-cmp.Compare(weight[a]/takesPart, weight[b]/takesPart), cmp.Compare(a, b))
	})
	if n := len(s.lanes); n > mostLanes {
		kept, rest := s.lanes[:mostLanes:mostLanes], slices.Clone(s.lanes[mostLanes:])
		if i := slices.Index(rest, 0); i >= 0 {
			rest[i], kept[mostLanes-1] = kept[mostLanes-1], 0
		}
		s.lanes = kept
		if len(s.stuck) > 0 {
			s.crowd = slices.DeleteFunc(rest, func(g int32) bool { return weight[g] < takesPart })
			slices.Sort(s.crowd)
		}
	}
	if s.run.Verdict == explain.Leak || len(s.lanes) == 1 {
		s.addStarters(weight)
	}
	s.left = len(weight) - len(s.lanes) - len(s.crowd)
	slices.Sort(s.lanes)
}

// addStarters gives lanes to who started those that are shown, if there is room for all
// of them: a goroutine alone has come from nowhere.
func (s *Story) addStarters(weight map[int32]int) {
	var starters []int32
	for _, g := range s.lanes {
		by := s.started[g].Holder
		if _, has := weight[by]; has && !slices.Contains(s.lanes, by) && !slices.Contains(starters, by) {
			starters = append(starters, by)
		}
	}
	if len(s.crowd) == 0 && len(s.lanes)+len(starters) <= mostLanes {
		s.lanes = append(s.lanes, starters...)
	}
}

// label is a lane's: "G3, started in line 31".
func (s *Story) label(goroutine int32) string {
	name, began := s.name(goroutine), s.started[goroutine]
	if goroutine == 0 {
		return name
	}
	if place, ok := s.placeOf(began.Place); ok {
		return fmt.Sprintf("%s, started in line %d", name, place.Line)
	}
	if by, known := s.started[began.Holder]; known {
		return fmt.Sprintf("%s, started by %s", name, s.name(by.Goroutine))
	}
	return name
}

// origin says in a list who started a goroutine in none of the program's lines.
func (s *Story) origin(goroutine int32) string {
	if _, by, ok := strings.Cut(s.label(goroutine), ", started by "); ok {
		return "   (started by " + by + ")"
	}
	return ""
}

// onlooker reports whether a goroutine only waits for others that wait in a circle.
func (s *Story) onlooker(goroutine int32) bool {
	circle := s.circle()
	return circle != nil && !slices.Contains(circle, goroutine)
}

// dropIdle takes away the lanes of those that do nothing in what is shown.
func (s *Story) dropIdle() {
	all := len(s.lanes)
	s.lanes = slices.DeleteFunc(s.lanes, func(g int32) bool {
		_, waits := s.stuck[g]
		return !waits && !slices.ContainsFunc(s.steps, func(st step) bool { return st.goroutine == g })
	})
	s.left += all - len(s.lanes)
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
