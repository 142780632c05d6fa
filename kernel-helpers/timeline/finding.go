package timeline

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/plot"
)

// Finding returns what the recording shows, in one sentence: where most of the
// time went and how much of it went at once.
func (r *Recording) Finding() string {
	if r.stalled {
		return r.tellStall()
	}
	sentence := r.mostTime()
	if r.note != "" {
		return strings.TrimSpace(r.note + ". " + sentence)
	}
	return sentence
}

// aspect is one way in which lanes spend time.
type aspect struct {
	lanes  []int // those that did
	total  time.Duration
	weight float64 // how much telling the same time says, compared to others
	tell   func(a aspect) string
}

// What waiting for a lock tells is the point of a recording; what waiting for
// others to finish tells, hardly ever.
const (
	ofLock  = 2
	ofOther = 1. / 20
)

func (r *Recording) mostTime() string {
	if len(r.lanes) == 0 {
		return ""
	}
	aspects := []aspect{
		r.aspect(1, r.tellSleep, func(l *Lane) time.Duration { return l.total(in(Sleeping)) }),
		r.aspect(1, r.tellIO, func(l *Lane) time.Duration { return l.total(in(IO)) }),
		r.aspect(1, r.tellRun, (*Lane).busy),
	}
	for what, state := range r.waitedFor() {
		tell, weight := r.tellWait(what), ofOther
		if lane := r.lockLane(what); lane != nil {
			tell, weight = r.tellLock(lane), ofLock
		} else if state == Contending { // for a lock of package sync: it has no lane
			weight = ofLock
		}
		aspects = append(aspects, r.aspect(weight, tell, func(l *Lane) time.Duration { return l.total(waitingFor(what)) }))
	}
	most := slices.MaxFunc(aspects, func(a, b aspect) int {
		return cmp.Compare(float64(a.total)*a.weight, float64(b.total)*b.weight)
	})
	return most.tell(most)
}

func in(state State) func(Span) bool {
	return func(s Span) bool { return s.State == state }
}

func waitingFor(what string) func(Span) bool {
	return func(s Span) bool { return s.State.heldUp() && s.For == what }
}

// aspect sums up what lanes spend on something. Lanes that spend less than a
// tenth of what the first among them does are not told of.
func (r *Recording) aspect(weight float64, tell func(aspect) string, spent func(*Lane) time.Duration) aspect {
	a := aspect{weight: weight, tell: tell}
	var most time.Duration
	for i := range r.lanes {
		if r.lanes[i].Kind != Lock {
			most = max(most, spent(&r.lanes[i]))
		}
	}
	for i := range r.lanes {
		d := spent(&r.lanes[i])
		if r.lanes[i].Kind == Lock || d == 0 || d < most/10 {
			continue
		}
		a.total += d
		a.lanes = append(a.lanes, i)
	}
	return a
}

// waitedFor yields what lanes waited for, in a fixed order, and the state that
// they were in.
func (r *Recording) waitedFor() iter.Seq2[string, State] {
	found := map[string]State{}
	for _, lane := range r.lanes {
		for _, s := range lane.Spans {
			if s.State.heldUp() {
				found[s.For] = s.State
			}
		}
	}
	return func(yield func(string, State) bool) {
		for _, what := range slices.Sorted(maps.Keys(found)) {
			if !yield(what, found[what]) {
				return
			}
		}
	}
}

func (r *Recording) tellSleep(a aspect) string {
	return fmt.Sprintf("%s slept %s in %s of wall time%s.", r.who(a.lanes), span(a.total), span(r.wall), r.howMany(a.lanes, in(Sleeping)))
}

func (r *Recording) tellIO(a aspect) string {
	return fmt.Sprintf("%s waited %s for input or output in %s of wall time%s.", r.who(a.lanes), span(a.total), span(r.wall), r.howMany(a.lanes, in(IO)))
}

func (r *Recording) tellRun(a aspect) string {
	s := fmt.Sprintf("%s ran %s in %s on %s", r.who(a.lanes), span(a.total), span(r.wall), count(r.cores, "core"))
	var ready time.Duration
	for _, i := range a.lanes {
		ready += r.lanes[i].total(in(Ready))
	}
	if ready > a.total/10 {
		s += fmt.Sprintf(", and waited %s for a free one", span(ready))
	}
	return s + "."
}

func (r *Recording) tellLock(lock *Lane) func(aspect) string {
	return func(a aspect) string {
		return fmt.Sprintf("%s waited %s in all for %s, held %s of %s.",
			r.who(a.lanes), span(a.total), lock.Name, span(lock.total(in(Held))), span(r.wall))
	}
}

func (r *Recording) tellWait(what string) func(aspect) string {
	return func(a aspect) string {
		s := fmt.Sprintf("%s waited %s in all for %s, in %s of wall time", r.who(a.lanes), span(a.total), what, span(r.wall))
		return s + r.howMany(a.lanes, waitingFor(what)) + "."
	}
}

// howMany says how many of several lanes were in matching spans at once.
func (r *Recording) howMany(lanes []int, match func(Span) bool) string {
	if len(lanes) < 2 {
		return ""
	}
	told := map[*Lane]bool{}
	for _, i := range lanes {
		told[&r.lanes[i]] = true
	}
	most := r.atOnce(func(l *Lane, s Span) bool { return told[l] && match(s) })
	if most < 2 {
		return ": one at a time"
	}
	return fmt.Sprintf(": %d at once", most)
}

// who names lanes: "5 workers" if that is what their names have in common,
// "main", "3 processes", "main and 3 processes", "2 threads".
func (r *Recording) who(lanes []int) string {
	if len(lanes) == 0 {
		return "Nobody"
	}
	if len(lanes) == 1 && r.lanes[lanes[0]].Kind != Process {
		return r.lanes[lanes[0]].Name
	}
	if first := r.lanes[lanes[0]]; first.Kind == Main && commonWord(r, lanes[1:]) == "process" {
		return first.Name + " and " + count(len(lanes)-1, "process")
	}
	return count(len(lanes), commonWord(r, lanes))
}

func commonWord(r *Recording, lanes []int) string {
	words := map[string]bool{}
	kinds := map[Kind]bool{}
	for _, i := range lanes {
		lane := r.lanes[i]
		kinds[lane.Kind] = true
		words[numbered(lane.Name)] = true
	}
	switch {
	case len(kinds) == 1 && kinds[Process]:
		return "process"
	case len(words) == 1 && !words[""]:
		return slices.Collect(maps.Keys(words))[0]
	case kinds[Process]:
		return "lane"
	case len(words) == 2 && words["goroutine"] && kinds[Main]:
		return "goroutine"
	}
	return "thread"
}

// numbered returns the word of a name such as "worker 7", or "".
func numbered(name string) string {
	name, _, _ = strings.Cut(name, ":") // goroutine 7: work
	word := strings.TrimRight(name, "0123456789")
	if word == name {
		return ""
	}
	word = strings.TrimRight(word, " -_#")
	if word == "" || strings.ContainsFunc(word, func(c rune) bool { return (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') }) {
		return ""
	}
	return word
}

func count(n int, noun string) string {
	switch {
	case n == 1:
		return "1 " + noun
	case strings.HasSuffix(noun, "s"), strings.HasSuffix(noun, "x"), strings.HasSuffix(noun, "ch"):
		return fmt.Sprintf("%d %ses", n, noun)
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// span writes a duration as charts do.
func span(d time.Duration) string { return plot.FormatDuration(d) }
