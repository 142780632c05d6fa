package waitfor

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/source"
)

// ThreadName is how package threads tells the names that goroutines were given.
// It returns "" for one without.
var ThreadName = func(goroutine int64) string { return "" }

// Drawer is what draws deadlocks; nil: nothing that can is linked into the program.
//
// It is an interface, since the linker leaves out a method that no interface is called
// by: a program without package locks, which makes the call, gets a Drawer and none of
// the code that draws.
var Drawer interface{ DrawDeadlock(circle []Edge) }

// Name returns what a goroutine is called.
func Name(goroutine int64) string {
	if name := ThreadName(goroutine); name != "" {
		return name
	}
	if goroutine == 1 {
		return "main"
	}
	return plainName(goroutine)
}

func plainName(goroutine int64) string { return fmt.Sprint("goroutine ", goroutine) }

// Names returns what goroutines are called.
func Names(goroutines []int64) []string {
	names := make([]string, len(goroutines))
	for i, g := range goroutines {
		names[i] = Name(g)
	}
	return names
}

// edge tells of a wait for what a goroutine holds; 0 is nobody.
func (w *Wait) edge(holder int64, places places) Edge {
	e := Edge{Waiter: places.name(w.Goroutine), Lock: w.Kind}
	if holder != 0 {
		e.Holder = places.name(holder)
	}
	name := w.Name
	if at := places[w.Goroutine]; at.line.Known() {
		e.Line = at.line.String()
		if name == "" {
			name = receiver(at.line.Text(), at.method)
		}
	}
	if name != "" {
		e.Lock += " " + name
	}
	return e
}

// place is where a goroutine waits.
type place struct {
	line   source.Position // the reader's own
	method string          // of a helper's, which is called there
	runs   string          // the function that the goroutine runs; "" if it has no name
}

// call tells which of a helper's methods is called: "group.Wait".
func (p place) call() string {
	if variable := receiver(p.line.Text(), p.method); variable != "" {
		return variable + "." + p.method
	}
	return p.method
}

type places map[int64]place

// name returns what a goroutine is called: "goroutine 7: pay" if it has no name.
func (p places) name(goroutine int64) string {
	name := Name(goroutine)
	if runs := p[goroutine].runs; runs != "" && name == plainName(goroutine) {
		name += ": " + runs
	}
	return name
}

// allPlaces returns where the goroutines of a dump are.
func allPlaces(dump string) places {
	all := places{}
	for stack := range strings.SplitSeq(dump, "\n\n") {
		if lines := source.Stack(stack); len(lines) > 0 {
			id, _ := header(stack)
			all[id] = place{lines[0], methodIn(stack), firstIn(stack)}
		}
	}
	return all
}

// header reads "goroutine 7 [chan receive, 2 minutes]:".
func header(stack string) (id int64, state string) {
	line, _, _ := strings.Cut(stack, "\n")
	number, state, _ := strings.Cut(strings.TrimPrefix(line, "goroutine "), " [")
	id, _ = strconv.ParseInt(number, 10, 64)
	state, _, _ = strings.Cut(strings.TrimRight(state, "]:"), ", ")
	return id, state
}

// frame is a call in a stack.
type frame struct{ fn, file string }

// frames returns the calls of a goroutine's stack, innermost first.
func frames(stack string) []frame {
	stack, _, _ = strings.Cut(stack, "\ncreated by ")
	lines := strings.Split(stack, "\n")
	var all []frame
	for i := 1; i+1 < len(lines); i += 2 { // a call, and behind a tab its place
		arguments := strings.LastIndexByte(lines[i], '(')
		number := strings.LastIndexByte(lines[i+1], ':')
		if arguments > 0 && number > 0 {
			all = append(all, frame{lines[i][:arguments], lines[i+1][1:number]})
		}
	}
	return all
}

func (f frame) owner() source.Owner { return source.OwnerOf(f.fn, f.file) }

// methodIn returns the method of a helper's that the reader's innermost line
// calls, or "".
func methodIn(stack string) (method string) {
	for _, f := range frames(stack) {
		switch f.owner() {
		case source.Helper:
			method = f.fn[strings.LastIndexByte(f.fn, '.')+1:]
		case source.Reader:
			return method
		}
	}
	return method
}

// firstIn returns the function that a stack's goroutine runs if that is one of the
// reader's that has a name.
func firstIn(stack string) string {
	all := frames(stack)
	if len(all) == 0 {
		return ""
	}
	first := all[len(all)-1]
	if first.owner() != source.Reader || source.IsLiteral(first.fn) {
		return ""
	}
	return source.FuncName(first.fn)
}

// receiver returns the variable whose method a line calls: "account.mu" of
// "account.mu.Lock()".
func receiver(line, method string) string {
	before, _, found := strings.Cut(line, "."+method+"(")
	if !found {
		return ""
	}
	start := strings.LastIndexFunc(before, func(c rune) bool {
		return !strings.ContainsRune("._[]", c) && (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z')
	})
	return before[start+1:]
}
