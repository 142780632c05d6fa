package waitfor

import (
	"fmt"
	"runtime"
	"strconv"
	"strings"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/source"
)

// ThreadName is how package threads tells the names that goroutines were given.
// It returns "" for one without.
var ThreadName = func(goroutine int64) string { return "" }

// Draw draws a deadlock's edges, if something that can is linked into the program.
var Draw = func(circle []Edge) {}

// Name returns what a goroutine is called.
func Name(goroutine int64) string {
	if name := ThreadName(goroutine); name != "" {
		return name
	}
	if goroutine == 1 {
		return "main"
	}
	return fmt.Sprint("goroutine ", goroutine)
}

// Names returns what goroutines are called.
func Names(goroutines []int64) []string {
	names := make([]string, len(goroutines))
	for i, g := range goroutines {
		names[i] = Name(g)
	}
	return names
}

// edge tells of a wait for what a goroutine holds; 0 is nobody.
func (w *Wait) edge(holder int64, places map[int64]place) Edge {
	e := Edge{Waiter: Name(w.Goroutine), Lock: w.Kind}
	if holder != 0 {
		e.Holder = Name(holder)
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
}

// allPlaces returns where the goroutines of a dump are.
func allPlaces(dump string) map[int64]place {
	places := map[int64]place{}
	for stack := range strings.SplitSeq(dump, "\n\n") {
		if lines := source.Stack(stack); len(lines) > 0 {
			id, _ := header(stack)
			places[id] = place{lines[0], methodIn(stack)}
		}
	}
	return places
}

// header reads "goroutine 7 [chan receive, 2 minutes]:".
func header(stack string) (id int64, state string) {
	line, _, _ := strings.Cut(stack, "\n")
	number, state, _ := strings.Cut(strings.TrimPrefix(line, "goroutine "), " [")
	id, _ = strconv.ParseInt(number, 10, 64)
	state, _, _ = strings.Cut(strings.TrimRight(state, "]:"), ", ")
	return id, state
}

// methodIn returns the outermost of a stack's innermost helper's methods: the one
// that the reader called.
func methodIn(stack string) (method string) {
	for line := range strings.Lines(stack) {
		end := strings.LastIndexByte(line, '(') // of its arguments
		if line[0] == '\t' || end < 0 {         // file and line
			continue
		}
		fn := line[:end]
		if source.OwnerOf(fn, "") == source.Helper {
			method = fn[strings.LastIndexByte(fn, '.')+1:]
		} else if method != "" {
			break
		}
	}
	return method
}

// Stacks returns the stacks of all goroutines, the caller's first, as the
// runtime prints them. Of tens of thousands it returns those that fit.
func Stacks() string {
	for size := 64 << 10; ; size *= 4 {
		dump := make([]byte, size)
		if n := runtime.Stack(dump, true); n < size || size >= 16<<20 {
			return string(dump[:n])
		}
	}
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
