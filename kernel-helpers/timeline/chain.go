package timeline

import (
	"slices"
	"strings"
	"time"
)

const (
	mostLinks   = 5  // of a chain that is told: a longer one says nothing
	leastOfWall = 50 // a link counts if it is one in so many parts of the wall time
)

// link is a lane on the critical path.
type link struct {
	lane   int
	took   time.Duration
	handed string // the lock that was handed over to it, or ""
	direct bool   // by a lane other than main
}

// chain returns the lanes that the critical path leads through, if that tells more
// than the lanes themselves: several that handed something on to each other, or one
// that took longer than all others. Else it returns nil.
func (r *Recording) chain() []link {
	links := r.links()
	if len(links) < 2 {
		return nil
	}
	on := map[int]time.Duration{}
	direct := false
	for _, l := range links {
		if r.lanes[l.lane].Kind != Main {
			on[l.lane] += l.took
			direct = direct || l.direct
		}
	}
	if len(on) == 0 || len(on) > 1 && !direct || len(on) == 1 && !r.outlasts(links, on) {
		return nil
	}
	return links
}

// tellChain says which lanes these are, or nothing if they are too many to follow.
func (r *Recording) tellChain() string {
	links := r.chain()
	if len(links) == 0 || len(links) > mostLinks {
		return ""
	}
	var words []string
	for _, l := range links {
		word, _, _ := strings.Cut(r.lanes[l.lane].Name, ": ") // goroutine 7: work
		if l.handed != "" {
			word += " (" + l.handed + ")"
		}
		words = append(words, word)
	}
	return "The longest chain: " + strings.Join(words, " → ") + "."
}

// links returns the lanes that the critical path leads through, as often as it comes
// to them. Main is the first; later it is told only where it does something itself.
func (r *Recording) links() []link {
	var links []link
	handed := ""
	for _, s := range r.path {
		if s.Handed != "" {
			handed = s.Handed
		}
		if s.Lane == NoLane {
			continue
		}
		if n := len(links); n > 0 && links[n-1].lane == s.Lane {
			links[n-1].took += s.End - s.Start
			continue
		}
		links = append(links, link{lane: s.Lane, took: s.End - s.Start, handed: handed})
		handed = ""
	}
	long := func(l link) bool { return l.took >= r.wall/leastOfWall }
	var kept []link
	for i, l := range links {
		switch n := len(kept); {
		case i > 0 && !long(l):
		case n > 0 && kept[n-1].lane == l.lane:
			kept[n-1].took += l.took
		default:
			l.direct = i > 0 && r.lanes[links[i-1].lane].Kind != Main && r.lanes[l.lane].Kind != Main
			kept = append(kept, l)
		}
	}
	return kept
}

// outlasts reports whether the one lane beside main on the path is most of it, and
// under way for longer than each lane beside it.
func (r *Recording) outlasts(links []link, on map[int]time.Duration) bool {
	underWay := func(s Span) bool { return s.State.underWay() }
	others := 0
	for i := range r.lanes {
		lane := &r.lanes[i]
		if _, isOn := on[i]; isOn || lane.Kind == Lock || lane.Kind == Main {
			continue
		}
		others++
		if took := lane.total(underWay); took > r.wall/2 && slices.ContainsFunc(links, func(l link) bool { return r.lanes[l.lane].Kind != Main && took > l.took*3/4 }) {
			return false
		}
	}
	for _, took := range on {
		return others > 0 && took > r.wall/2
	}
	return false
}
