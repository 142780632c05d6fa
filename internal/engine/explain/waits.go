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

// waits says what the learner's goroutines wait for, those of one place
// together.
func (p *Program) waits(dump string) string {
	var places []string
	count := map[string]int{}
	for _, g := range stack.Parse(dump) {
		at := p.place(&g)
		if at == "" && g.Created != nil {
			if by, ok := p.Line(g.Created.File, g.Created.Line); ok {
				at = "a call that " + by + " started"
			}
		}
		if at == "" {
			continue
		}
		if why := p.waitsFor(&g); why != "" {
			at += ", " + why
		}
		if count[at] == 0 {
			places = append(places, at)
		}
		count[at]++
	}
	for i, at := range places {
		if n := count[at]; n == 1 {
			places[i] = "one goroutine at " + at
		} else {
			places[i] = fmt.Sprintf("%d goroutines at %s", n, at)
		}
	}
	return strings.Join(places, "; ")
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
