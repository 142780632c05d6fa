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
func (w *Wait) edge(holder int64, places map[int64]source.Position) Edge {
	e := Edge{Waiter: Name(w.Goroutine), Lock: w.Kind + " " + w.Name}
	if holder != 0 {
		e.Holder = Name(holder)
	}
	if place := places[w.Goroutine]; place.Known() {
		e.Line = place.String()
		if w.Name == "" {
			e.Lock = w.Kind + " " + receiver(place.Text())
		}
	}
	e.Lock = strings.TrimSuffix(e.Lock, " ")
	return e
}

// allPlaces returns the reader's line that each goroutine is at.
func allPlaces() map[int64]source.Position {
	places := map[int64]source.Position{}
	for stack := range strings.SplitSeq(Stacks(), "\n\n") {
		number, _, _ := strings.Cut(strings.TrimPrefix(stack, "goroutine "), " ")
		id, err := strconv.ParseInt(number, 10, 64)
		if lines := source.Stack(stack); err == nil && len(lines) > 0 {
			places[id] = lines[0]
		}
	}
	return places
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

// waits are the methods of helpers' locks that may wait.
var waits = []string{"Lock(", "RLock(", "With(", "WithRead(", "Acquire(", "Wait(", "WaitFor(", "Run(", "Sleep(", "Check(",
	"LockContext(", "LockTimeout(", "RLockContext(", "RLockTimeout(", "AcquireContext(", "AcquireTimeout(", "WaitContext(", "WaitTimeout("}

// receiver returns the variable whose method a line calls: "account.mu" of
// "account.mu.Lock()".
func receiver(line string) string {
	for _, method := range waits {
		before, _, found := strings.Cut(line, "."+method)
		if !found {
			continue
		}
		start := strings.LastIndexFunc(before, func(c rune) bool {
			return !strings.ContainsRune("._[]", c) && (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z')
		})
		return before[start+1:]
	}
	return ""
}
