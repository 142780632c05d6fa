package explain

import (
	"fmt"
	"strings"

	"github.com/interleave-lab/interleave/internal/engine/stack"
)

// place names where in the learner's program a goroutine is; "" when it is in
// none of the learner's lines.
func (p *Program) place(g *stack.Goroutine) string {
	if f, ok := p.frame(g); ok {
		at, _ := p.Line(f.File, f.Line)
		return at
	}
	return ""
}

// standing is where goroutines wait that wait for the same in the same place.
type standing struct {
	at, why string // why: "" if they do not wait, or not for another
	count   int
}

// standings returns where the learner's goroutines of a dump wait, in its order.
func (p *Program) standings(dump string) (all []standing) {
	for _, g := range stack.Parse(dump) {
		at := p.place(&g)
		if at == "" && g.Created != nil {
			if by, ok := p.Line(g.Created.File, g.Created.Line); ok {
				at = "a call that " + by + " started"
			}
		}
		if at != "" {
			all = count(all, standing{at, p.waitsFor(&g), 1})
		}
	}
	return all
}

// count adds what stands in one place with the others there.
func count(all []standing, one standing) []standing {
	for i, s := range all {
		if s.at == one.at && s.why == one.why {
			all[i].count++
			return all
		}
	}
	return append(all, one)
}

// waits says what the learner's goroutines wait for, those of one place
// together.
func (p *Program) waits(dump string) string {
	var told []string
	for _, s := range p.standings(dump) {
		at := s.at
		if s.why != "" {
			at += ", " + s.why
		}
		if s.count == 1 {
			told = append(told, "one goroutine at "+at)
		} else {
			told = append(told, fmt.Sprintf("%d goroutines at %s", s.count, at))
		}
	}
	return strings.Join(told, "; ")
}

// waitsFor says what a goroutine waits for; "" if it does not, or not for another.
func (p *Program) waitsFor(g *stack.Goroutine) string {
	for _, f := range g.Frames {
		at, within := strings.CutPrefix(f.Func, p.Schedule)
		if !within && f.Func != "time.Sleep" {
			break // what is below has only called it, as WaitGroup.Go and Once.Do do
		}
		if primitive, ok := strings.CutPrefix(at, "/sync.(*"); ok {
			if why := waitsAt[primitive[:strings.IndexByte(primitive, ')')]]; why != "" {
				return why
			}
		}
		if at == ".Point" {
			return "" // the schedule holds it back
		}
	}
	if why := waitsForProcess(g); why != "" {
		return why
	}
	switch g.State {
	case "chan receive":
		return "to receive from a channel"
	case "chan send":
		return "to send on a channel"
	case "chan receive (nil chan)", "chan send (nil chan)":
		return "on a channel that is nil"
	case "select", "select (no cases)":
		return "in a select"
	case "sync.Mutex.Lock", "semacquire":
		return "for a lock"
	case "sync.RWMutex.Lock", "sync.RWMutex.RLock":
		return "for a read-write lock"
	case "sync.WaitGroup.Wait":
		return "for a WaitGroup"
	case "sync.Cond.Wait":
		return "for a Cond to be signalled"
	}
	return ""
}

// waitsAt says what waiting in a method of a woven program's sync is for.
var waitsAt = map[string]string{
	"Mutex":     "for a lock",
	"RWMutex":   "for a read-write lock",
	"WaitGroup": "for a WaitGroup",
	"Cond":      "for a Cond to be signalled",
	"Once":      "for a Once to be done",
}
