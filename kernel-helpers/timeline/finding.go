package timeline

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
)

// Finding returns what the recording shows, in one sentence: where most of the
// time went and how much of it went at once.
func (r *Recording) Finding() string {
	if r.stalled {
		return r.tellStall()
	}
	sentence := r.tellLeft() + r.mostTime()
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
		r.aspect(1, r.tellSleep, r.perLane(func(l *Lane) time.Duration { return l.total(in(Sleeping)) })),
		r.aspect(1, r.tellIO, r.perLane(func(l *Lane) time.Duration { return l.total(in(IO)) })),
		r.aspect(1, r.tellRun, r.perLane((*Lane).busy)),
	}
	for _, w := range r.waitedFor() {
		tell, weight := r.tellWait(w.thing), ofOther
		switch {
		case w.on != NoLane:
			tell, weight = r.tellLock(&r.lanes[w.on]), ofLock
		case w.state == Contending: // for a lock of package sync: it has no lane
			weight = ofLock
		}
		aspects = append(aspects, r.aspect(weight, tell, w.spent))
	}
	most := slices.MaxFunc(aspects, func(a, b aspect) int {
		return cmp.Compare(float64(a.total)*a.weight, float64(b.total)*b.weight)
	})
	return most.tell(most)
}

func in(state State) func(Span) bool {
	return func(s Span) bool { return s.State == state }
}

// spent is how long a lane did something.
type spent struct {
	lane int
	time time.Duration
}

func (r *Recording) perLane(time func(*Lane) time.Duration) (all []spent) {
	for i := range r.lanes {
		if r.lanes[i].Kind != Lock {
			all = append(all, spent{i, time(&r.lanes[i])})
		}
	}
	return all
}

// aspect sums up what lanes spend on something. Lanes that spend less than a
// tenth of what the first among them does are not told of.
func (r *Recording) aspect(weight float64, tell func(aspect) string, all []spent) aspect {
	a := aspect{weight: weight, tell: tell}
	var most time.Duration
	for _, s := range all {
		most = max(most, s.time)
	}
	for _, s := range all {
		if s.time > 0 && s.time >= most/10 {
			a.total += s.time
			a.lanes = append(a.lanes, s.lane)
		}
	}
	return a
}

// thing is what lanes wait for: a lane's lock, or what else has that name.
type thing struct {
	on   int
	name string
}

func (s Span) thing() thing { return thing{s.On, s.For} }

func waitingFor(what thing) func(Span) bool {
	return func(s Span) bool { return s.State.heldUp() && s.thing() == what }
}

// waited is how long lanes waited for a thing.
type waited struct {
	thing
	state State
	waits int
	spent []spent
}

// waitedFor returns what lanes waited for, in the order of names.
func (r *Recording) waitedFor() []*waited {
	found := map[thing]*waited{}
	for i, lane := range r.lanes {
		for _, s := range lane.Spans {
			if !s.State.heldUp() {
				continue
			}
			w := found[s.thing()]
			if w == nil {
				w = &waited{thing: s.thing(), state: s.State}
				found[s.thing()] = w
			}
			if n := len(w.spent); n == 0 || w.spent[n-1].lane != i {
				w.spent = append(w.spent, spent{lane: i})
			}
			w.spent[len(w.spent)-1].time += s.End - s.Start
			w.waits++
		}
	}
	return slices.SortedFunc(maps.Values(found), func(a, b *waited) int {
		return cmp.Or(cmp.Compare(a.name, b.name), cmp.Compare(a.on, b.on))
	})
}

func (r *Recording) tellSleep(a aspect) string {
	return fmt.Sprintf("%s slept %s in %s of wall time%s.", r.who(a.lanes), span(a.total), span(r.wall), r.howMany(a.lanes, in(Sleeping)))
}

func (r *Recording) tellIO(a aspect) string {
	return fmt.Sprintf("%s waited %s for input or output in %s of wall time%s.", r.who(a.lanes), span(a.total), span(r.wall), r.howMany(a.lanes, in(IO)))
}

func (r *Recording) tellRun(a aspect) string {
	did := "ran " + span(a.total)
	if slices.ContainsFunc(a.lanes, func(i int) bool { return r.lanes[i].CPU > 0 }) {
		// What a process's bars say may be more: see Lane.CPU.
		did = "had " + span(a.total) + " of processor time"
	}
	s := fmt.Sprintf("%s %s in %s on %s", r.who(a.lanes), did, span(r.wall), count(r.cores, "core"))
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

func (r *Recording) tellWait(what thing) func(aspect) string {
	return func(a aspect) string {
		s := fmt.Sprintf("%s waited %s in all for %s, in %s of wall time", r.who(a.lanes), span(a.total), what.name, span(r.wall))
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
func span(d time.Duration) string { return drawing.FormatDuration(d) }
