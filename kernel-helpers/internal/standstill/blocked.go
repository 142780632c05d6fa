// Package standstill tells whether a program can go on: whether all its goroutines
// are blocked on each other, and whether a timer or input may still wake one.
//
// Go notices that itself, but not while a trace runs or in a program linked with
// C, and it tells it in the runtime's words.
package standstill

import (
	"runtime"
	"runtime/metrics"
	"strings"
)

// Idle reports whether no goroutine but the caller's has anything to do. It is
// cheap, and may be wrong.
func Idle() bool {
	now := []metrics.Sample{
		{Name: "/sched/goroutines/running:goroutines"},
		{Name: "/sched/goroutines/runnable:goroutines"},
		{Name: "/sched/goroutines/not-in-go:goroutines"},
	}
	metrics.Read(now)
	return now[0].Value.Uint64() <= 1 && now[1].Value.Uint64() == 0 && now[2].Value.Uint64() == 0
}

// InBubble reports whether the caller is in the virtual time of testing/synctest,
// where Go itself tells of deadlocks.
func InBubble() bool {
	var head [128]byte
	line, _, _ := strings.Cut(string(head[:runtime.Stack(head[:], false)]), "\n")
	return strings.Contains(line, "synctest bubble")
}

// Outlook is whether a program in which all goroutines are blocked can go on.
type Outlook int

const (
	Hopeless  Outlook = iota
	Hopeful           // it waits for a timer or for input
	Uncertain         // the system does not tell
)

// Blocked looks at all goroutines but the caller's and reports whether
// all are blocked in ways that only another goroutine can end, or a timer, which
// cannot be told from here.
func Blocked() bool {
	dump, whole := Stacks()
	return whole && blockedIn(dump)
}

// Stacks returns the stacks of all goroutines, the caller's first and a blank line
// between, as the runtime prints them. Of tens of thousands it returns those that
// fit, and reports false.
func Stacks() (dump string, whole bool) {
	const most = 16 << 20 // bytes
	for size := 64 << 10; ; size *= 4 {
		buffer := make([]byte, size)
		n := runtime.Stack(buffer, true)
		if n < size || size >= most {
			return string(buffer[:n]), n < size
		}
	}
}

// blockedIn is [Blocked] for a dump of all stacks, the caller's first.
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
	"chan receive (nil chan)": true,
	"coroutine":               true, // until who pulls takes it up
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
