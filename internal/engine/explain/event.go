package explain

import (
	"fmt"
	"strings"

	"github.com/interleave-lab/interleave/internal/engine/stack"
	"github.com/interleave-lab/interleave/internal/engine/wire"
)

// Event tells what the judge within the program reported before it ended it.
func (p *Program) Event(event *wire.Event) (Verdict, string) {
	switch event.Kind {
	case wire.Deadlock:
		if check, why := p.checkWaits(event.Stack); check != "" {
			return p.checkStuck(check, why)
		}
		return Deadlock, p.deadlock(event)
	case wire.Leak:
		if check, why := p.checkWaits(event.Stack); check != "" {
			return p.checkLeft(check, why)
		}
		return Leak, p.leak(event.Stack)
	case wire.Timeout:
		if check := p.checkAtWork(event.Stack); check != "" {
			return p.checkEndless(check)
		}
		return Timeout, p.timeout(event)
	case wire.Unfinished:
		return Inconclusive, p.unfinished(event)
	case wire.Memory:
		return Panic, fmt.Sprintf("The program held more than %d MB of memory and was stopped.", p.MemoryMB)
	default:
		return p.panicked(event.Text, event.Stack)
	}
}

func (p *Program) deadlock(event *wire.Event) string {
	if circle := p.circle(event); circle != "" {
		return circle
	}
	if len(event.Children) > 0 {
		return p.family(event)
	}
	text := "Nothing can go on: every goroutine waits for another"
	if waits := p.waits(event.Stack); waits != "" {
		text += " (" + waits + ")"
	}
	return text + "."
}

func (p *Program) unfinished(event *wire.Event) string {
	text := "It did not come to an end within the steps that a run may have, so it is shown neither right nor wrong"
	if waits := p.waits(event.Stack); waits != "" {
		text += " (" + waits + ")"
	}
	return text + ". Does a loop ask again and again instead of waiting?"
}

func (p *Program) leak(dump string) string {
	text := "The function has returned, but goroutines that it started are still there"
	if waits := p.waits(dump); waits != "" {
		text += ": " + waits
	}
	return text + ". See that each of them comes to its end, and wait for it before you return."
}

func (p *Program) timeout(event *wire.Event) string {
	text := fmt.Sprintf("It did not end within %v", p.Wall)
	switch event.Text {
	case "processor":
		text = fmt.Sprintf("It computed for %v without an end", p.CPU)
	case "schedule": // of many, which have a part of that time each
		text = "It computed without an end"
	}
	for _, g := range stack.Parse(event.Stack) {
		if at := p.place(&g); at != "" {
			text += ": it was at " + at
			break
		}
		// A loop without a body has no line.
		if f, ok := g.Within(p.Package); ok {
			text += ": it was in " + strings.TrimPrefix(f.Func, p.Package+".")
			break
		}
	}
	text += "."
	if event.Text == "clock" {
		text += children(event.Waiting)
	}
	return text
}

// children tells of child processes that waited when the time was up. They and their
// parent may be in a deadlock, where the system does not tell what processes wait for.
func children(waiting int) string {
	const what = " waited, too: does it wait for what only comes when the program goes on, such as room in a queue?"
	switch waiting {
	case 0:
		return ""
	case 1:
		return " Its child process" + what
	}
	return fmt.Sprintf(" Its %d child processes%s", waiting, strings.Replace(what, "does it wait", "do they wait", 1))
}

func (p *Program) panicked(value, dump string) (Verdict, string) {
	if p.Unwritten != "" && value == p.Unwritten {
		return Failed, "It is not written yet: write your code in the place of the panic."
	}
	if circle, ok := circleOfLocks(value); ok {
		return Deadlock, circle
	}
	text := "The program panicked: " + value
	all := stack.Parse(dump)
	if len(all) == 0 {
		return Panic, text + "."
	}
	// The first goroutine is the one that panicked.
	at, check := p.place(&all[0]), p.inCheck(&all[0])
	switch by := all[0].Created; {
	case check != "" && at != "":
		return Panic, calledBack(check, value, at)
	case check != "":
		return p.checkPanicked(check, value)
	case at != "":
		return Panic, text + ", at " + at + "."
	case by != nil:
		if at, ok := p.Line(by.File, by.Line); ok {
			return Panic, text + ", in a goroutine that " + at + " started."
		}
	}
	return Panic, text + "."
}
