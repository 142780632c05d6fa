package engine

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/interleave-lab/interleave/internal/engine/stack"
	"github.com/interleave-lab/interleave/internal/engine/weave"
	"github.com/interleave-lab/interleave/internal/engine/wire"
	"github.com/interleave-lab/interleave/internal/exercise"
)

// place names where in the learner's program a goroutine is; "" when it is in
// none of the learner's lines.
func (j *judgement) place(g *stack.Goroutine) string {
	for _, f := range g.Frames {
		if unit, ok := j.unit(f.File); ok && f.Line > 0 {
			return j.at(unit, f.Line)
		}
	}
	return ""
}

// waits says what the learner's goroutines wait for, those of one place
// together.
func (j *judgement) waits(dump string) string {
	var places []string
	count := map[string]int{}
	for _, g := range stack.Parse(dump) {
		at := j.place(&g)
		if at == "" && g.Created != nil {
			if unit, ok := j.unit(g.Created.File); ok {
				at = "a call that " + j.at(unit, g.Created.Line) + " started"
			}
		}
		if at == "" {
			continue
		}
		if why := waitsFor(&g); why != "" {
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
func waitsFor(g *stack.Goroutine) string {
	for _, f := range g.Frames {
		if primitive, ok := strings.CutPrefix(f.Func, weave.Schedule+"/sync.(*"); ok {
			if why := waitsAt[primitive[:strings.IndexByte(primitive, ')')]]; why != "" {
				return why
			}
		}
		if f.Func == weave.Schedule+".Point" {
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

func (j *judgement) explainDeadlock(event *wire.Event) string {
	if circle := j.circle(event); circle != "" {
		return circle
	}
	text := "Nothing can go on: every goroutine waits for another"
	if waits := j.waits(event.Stack); waits != "" {
		text += " (" + waits + ")"
	}
	return text + "."
}

func (j *judgement) explainUnfinished(event *wire.Event) string {
	text := "It did not come to an end within the steps that a run may have, so nothing is shown"
	if waits := j.waits(event.Stack); waits != "" {
		text += " (" + waits + ")"
	}
	return text + ". Does a loop ask again and again instead of waiting?"
}

func (j *judgement) explainLeak(dump string) string {
	text := "The function has returned, but goroutines that it started are still there"
	if waits := j.waits(dump); waits != "" {
		text += ": " + waits
	}
	return text + ". See that each of them comes to its end, and wait for it before you return."
}

func (j *judgement) explainTimeout(event *wire.Event) string {
	text := fmt.Sprintf("It did not end within %v", j.exercise.Limits.Wall())
	if event.Text == "processor" {
		text = fmt.Sprintf("It computed for %v without an end", j.exercise.Limits.CPU())
	}
	for _, g := range stack.Parse(event.Stack) {
		if at := j.place(&g); at != "" {
			text += ": it was at " + at
			break
		}
		// A loop without a body has no line.
		if f, ok := g.Within(j.exercise.ImportPath()); ok {
			text += ": it was in " + strings.TrimPrefix(f.Func, j.exercise.ImportPath()+".")
			break
		}
	}
	return text + "."
}

func (j *judgement) explainPanic(value, dump string) (Verdict, string) {
	if value == exercise.NotWritten {
		return Failed, "It is not written yet: write your code in the place of the panic."
	}
	if circle, ok := circleOfLocks(value); ok {
		return Deadlock, circle
	}
	text := "The program panicked: " + value
	for _, g := range stack.Parse(dump) {
		if at := j.place(&g); at != "" {
			return Panic, text + ", at " + at + "."
		}
	}
	return Panic, text + "."
}

// circleOfLocks returns what package locks says when it finds that goroutines
// wait for one another, out of a panic's value or of what the runtime printed of
// it. A program that writes the same words itself makes its verdict no better.
func circleOfLocks(panicked string) (circle string, ok bool) {
	_, circle, ok = strings.Cut(panicked, "locks: deadlock: ")
	circle = strings.ReplaceAll(circle, "\n\t", "\n")   // the runtime indents what it prints
	for _, stack := range []string{"\n\n", "\n  at "} { // follows
		circle, _, _ = strings.Cut(circle, stack)
	}
	return circle, ok
}

var (
	panicLine = regexp.MustCompile(`(?m)^panic: (.*?)(?: \[recovered, repanicked\])?$`)
	fatalLine = regexp.MustCompile(`(?m)^fatal error: (.*)$`)
)

// explainCrash reads what the runtime printed when it ended the program.
func (j *judgement) explainCrash(crash string, status error) (Verdict, string) {
	dump := crash
	if i := strings.LastIndex(crash, "\npanic: "); i >= 0 {
		dump = crash[i:]
	}
	if circle, ok := circleOfLocks(crash); ok {
		return Deadlock, circle
	}
	if m := fatalLine.FindStringSubmatch(crash); m != nil {
		return j.explainFatal(m[1], crash, dump)
	}
	if m := panicLine.FindStringSubmatch(crash); m != nil {
		value := strings.TrimSuffix(m[1], " [recovered]")
		if value == exercise.NotWritten || strings.HasPrefix(value, exercise.NotWritten+" ") {
			value = exercise.NotWritten
		}
		return j.explainPanic(value, dump)
	}
	return Panic, fmt.Sprintf("The program ended before its checks had (%v).", status)
}

func (j *judgement) explainFatal(what, crash, dump string) (Verdict, string) {
	at := ""
	for _, g := range stack.Parse(dump) {
		if place := j.place(&g); place != "" {
			at = ", at " + place
			break
		}
	}
	switch {
	case strings.HasPrefix(what, "concurrent map"):
		return Race, "Several goroutines use one map at the same time, and at least one writes to it" + at + ". Guard the map with a lock."
	case what == "stack overflow":
		return Panic, "A function calls itself without an end" + at + "."
	case strings.HasPrefix(what, "all goroutines are asleep"):
		return Deadlock, j.explainDeadlock(&wire.Event{Stack: crash})
	case strings.Contains(what, "out of memory"), strings.Contains(what, "cannot allocate"):
		return Panic, "The program asked for more memory than it may have" + at + "."
	}
	return Panic, "The program broke off: " + what + at + "."
}
