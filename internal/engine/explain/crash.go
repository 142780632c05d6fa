package explain

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/interleave-lab/interleave/internal/engine/stack"
	"github.com/interleave-lab/interleave/internal/engine/wire"
)

var (
	panicLine = regexp.MustCompile(`(?m)^panic: (.*?)(?: \[recovered, repanicked\])?$`)
	fatalLine = regexp.MustCompile(`(?m)^fatal error: (.*)$`)
)

// Crash reads what the runtime printed when it ended the program.
func (p *Program) Crash(crash string, status error) (Verdict, string) {
	dump := crash
	if i := strings.LastIndex(crash, "\npanic: "); i >= 0 {
		dump = crash[i:]
	}
	if circle, ok := circleOfLocks(crash); ok {
		return Deadlock, circle
	}
	if m := fatalLine.FindStringSubmatch(crash); m != nil {
		return p.fatal(m[1], crash, dump)
	}
	if m := panicLine.FindStringSubmatch(crash); m != nil {
		value := strings.TrimSuffix(m[1], " [recovered]")
		if p.Unwritten != "" && strings.HasPrefix(value, p.Unwritten+" ") {
			value = p.Unwritten
		}
		return p.panicked(value, dump)
	}
	return Panic, fmt.Sprintf("The program ended before its checks had (%v).", status)
}

func (p *Program) fatal(what, crash, dump string) (Verdict, string) {
	at := ""
	for _, g := range stack.Parse(dump) {
		if place := p.place(&g); place != "" {
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
		return Deadlock, p.deadlock(&wire.Event{Stack: crash})
	case strings.Contains(what, "out of memory"), strings.Contains(what, "cannot allocate"):
		return Panic, "The program asked for more memory than it may have" + at + "."
	}
	return Panic, "The program broke off: " + what + at + "."
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
