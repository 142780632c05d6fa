package timeline

import (
	"runtime"
	"strings"
)

// blockedOnEachOther looks at all goroutines but the caller's and reports whether
// all are blocked in ways that only another goroutine can end, or a timer, which
// cannot be told from here.
func blockedOnEachOther() bool {
	dump := make([]byte, 64<<10)
	for {
		n := runtime.Stack(dump, true)
		if n < len(dump) {
			return blockedIn(string(dump[:n]))
		}
		if len(dump) >= 16<<20 {
			return false // tens of thousands of goroutines: too many to look at
		}
		dump = make([]byte, 2*len(dump))
	}
}

// blockedIn is [blockedOnEachOther] for a dump of all stacks, the caller's first.
func blockedIn(dump string) bool {
	for i, stack := range strings.Split(dump, "\n\n") {
		if i == 0 || ofTheTracer(stack) {
			continue
		}
		// goroutine 7 [chan receive, 2 minutes]:
		head, _, _ := strings.Cut(stack, "\n")
		_, state, _ := strings.Cut(head, " [")
		state = strings.TrimRight(state, "]:")
		state, _, _ = strings.Cut(state, ", ")
		if !endless[state] {
			return false
		}
	}
	return true
}

// ofTheTracer reports whether a stack is that of a goroutine which package
// runtime/trace or the runtime started for the trace.
func ofTheTracer(stack string) bool {
	at := strings.LastIndex(stack, "created by ")
	return at >= 0 && (strings.HasPrefix(stack[at:], "created by runtime/trace.") || strings.HasPrefix(stack[at:], "created by runtime."))
}

// endless holds the states of a goroutine, as a stack dump calls them, that can
// last for ever.
var endless = map[string]bool{
	"chan receive":            true,
	"coroutine":               true, // until who pulls takes it up
	"chan receive (nil chan)": true,
	"chan send":               true,
	"chan send (nil chan)":    true,
	"select":                  true,
	"select (no cases)":       true,
	"semacquire":              true,
	"sync.Cond.Wait":          true,
	"sync.Mutex.Lock":         true,
	"sync.RWMutex.Lock":       true,
	"sync.RWMutex.RLock":      true,
	"sync.WaitGroup.Wait":     true,
}
