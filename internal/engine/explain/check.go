package explain

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/interleave-lab/interleave/internal/engine/stack"
	"github.com/interleave-lab/interleave/internal/engine/wire"
)

// A check may go wrong itself: it looks at what a program has returned, and panics or
// waits for ever. No correct program brings it there, so the program is at fault, and is
// told where the check is; unless nothing of the program has run yet: then it is the
// check.

// inCheck returns which check a goroutine is in, as "TestInOrder"; "" if the innermost
// call that is the program's or a check's is none of a check's.
func (p *Program) inCheck(g *stack.Goroutine) string {
	for i, f := range g.Frames {
		if _, ok := p.Line(f.File, f.Line); ok && f.Line > 0 {
			return ""
		}
		if p.ofChecks(f) {
			return checkOf(g, g.Frames[i:])
		}
	}
	return ""
}

// ofChecks reports whether a function is of the checks' packages.
func (p *Program) ofChecks(f stack.Frame) bool {
	return slices.ContainsFunc(p.Checks, func(path string) bool {
		below, ok := strings.CutPrefix(f.Func, path)
		return ok && (below[:1] == "." || below[:1] == "/")
	})
}

var testFunction = regexp.MustCompile(`\.(Test\w*)`)

// checkOf names the check that a goroutine's calls came from, the innermost first, or in
// which it was started.
func checkOf(g *stack.Goroutine, calls []stack.Frame) string {
	if g.Created != nil {
		calls = append(calls[:len(calls):len(calls)], *g.Created)
	}
	for _, f := range slices.Backward(calls) {
		if m := testFunction.FindStringSubmatch(f.Func); m != nil {
			return "the check " + m[1]
		}
	}
	return "the check"
}

// checkPanicked tells of a check that panicked in no call of the program's.
func (p *Program) checkPanicked(check, value string) (Verdict, string) {
	return p.faultOf(Panic, fmt.Sprintf("%s panicked before it had called the program: %s.", sentence(check), value),
		fmt.Sprintf("%s panicked while it looked at what your program had returned or done: %s. %s", sentence(check), value, expected(value)))
}

// expected says what a check looks for, by why it panicked.
func expected(value string) string {
	for _, c := range []struct{ part, text string }{
		{"out of range", "Return as many values as the task asks for."},
		{"nil pointer", "Return no nil where the task asks for a value."},
		{"nil map", "Return a map that is made, not nil."},
		{"close of closed channel", "Close no channel that the check closes."},
		{"closed channel", "Close no channel on which the check may still send."},
		{"interface conversion", "Return values of the types that the task asks for."},
	} {
		if strings.Contains(value, c.part) {
			return c.text
		}
	}
	return "Compare what it returns with what the task asks for."
}

// calledBack tells of a function of a check's that panicked when the program called it.
func calledBack(check, value, at string) string {
	return fmt.Sprintf("A function of %s panicked: %s. It was called at %s. Look at what it is handed there, and whether its panic reaches whoever called you.", check, value, at)
}

// checkWaits returns which check waits for ever, and what for, if nothing of the program
// does; "" if none.
func (p *Program) checkWaits(dump string) (check, why string) {
	for _, g := range stack.Parse(dump) {
		if p.takesPart(&g) {
			return "", ""
		}
		if in, waits := p.inCheck(&g), p.waitsFor(&g); check == "" && in != "" && waits != "" {
			check, why = in, waits
		}
	}
	return check, why
}

// checkAtWork returns which check runs, if nothing of the program is there; "" if none.
func (p *Program) checkAtWork(dump string) (check string) {
	for _, g := range stack.Parse(dump) {
		if p.takesPart(&g) {
			return ""
		}
		if !g.Blocked() {
			check = cmp.Or(check, p.inCheck(&g))
		}
	}
	return check
}

// takesPart reports whether a goroutine is in a call of the program's, or was started by it.
func (p *Program) takesPart(g *stack.Goroutine) bool {
	if _, ok := g.Within(p.Package); ok || p.place(g) != "" {
		return true
	}
	if g.Created == nil {
		return false
	}
	_, ok := p.Line(g.Created.File, g.Created.Line)
	return ok
}

func (p *Program) checkStuck(check, why string) (Verdict, string) {
	return p.faultOf(Deadlock, fmt.Sprintf("%s waits for ever %s before it has called the program.", sentence(check), why),
		fmt.Sprintf("%s waits for ever %s, and nothing of your program is left that could let it go on. "+
			"Do all that the task asks for before you return, and close a channel that you hand back.", sentence(check), why))
}

func (p *Program) checkLeft(check, why string) (Verdict, string) {
	return p.faultOf(Leak, fmt.Sprintf("%s has left a goroutine that waits for ever %s, and has not called the program.", sentence(check), why),
		fmt.Sprintf("The function has returned, and a goroutine of %s still waits %s. "+
			"Do all that the task asks for before you return, and close a channel that you hand back.", check, why))
}

func (p *Program) checkEndless(check string) (Verdict, string) {
	return p.faultOf(Timeout, sentence(check)+" did not end, and has not called the program.",
		sentence(check)+" did not end: it was at work on what your program had returned or done, and nothing of your program ran. "+
			"Compare what it returns with what the task asks for.")
}

// faultOf returns a verdict on the program that a check went wrong over, or on the check.
func (p *Program) faultOf(v Verdict, before, over string) (Verdict, string) {
	switch p.Called {
	case wire.Never:
		return GraderFault, before + " That is no fault of the program."
	case wire.Before:
		// What an earlier check's call has left may be the cause: alone it will show.
		return NotRun, ""
	}
	return v, over
}

// sentence begins with a capital.
func sentence(text string) string { return strings.ToUpper(text[:1]) + text[1:] }
