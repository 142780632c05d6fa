// Package events is how a helper tells a recording what Go's execution tracer
// cannot see: the name of a thread, who holds which lock, which child process
// was started.
//
// Facts travel as user logs of runtime/trace, so each carries its goroutine, its
// time and the line that it came from at no cost of its own. While nothing
// records, every function is a branch on one flag. The vocabulary is written
// here and read back by [Decode]; nothing else knows how it is spelt.
package events

import (
	"context"
	"fmt"
	"runtime/trace"
	"strings"
	"time"
)

// On reports whether a trace is running, so that a caller can skip work that
// only a recording needs.
func On() bool { return trace.IsEnabled() }

// Thread names the lane of the calling goroutine. A goroutine that runs a
// helper's own function is drawn only if it has a name.
func Thread(name string) {
	if trace.IsEnabled() {
		trace.Log(background, threadCategory, name)
	}
}

// Begin marks the calling goroutine as the main lane of recording id, from now
// on until [End].
func Begin(id int) { trace.Log(background, beginCategory, mark(id)) }

// End marks the end of recording id.
func End(id int) { trace.Log(background, endCategory, mark(id)) }

func mark(id int) string { return fmt.Sprint(id, " ", processorTime().Nanoseconds()) }

// Op says what an [Event] tells.
type Op int

// What can be told.
const (
	OpThread   Op = iota + 1 // the goroutine is called Name
	OpBegin                  // recording ID begins on this goroutine
	OpEnd                    // recording ID ends
	OpWant                   // the goroutine begins to wait for lock ID
	OpGot                    // the goroutine holds lock ID
	OpGotAlone               // the goroutine holds shared lock ID, and nobody else does
	OpReleased               // the goroutine gave lock ID up
	OpQuit                   // the goroutine no longer waits for lock ID, and does not hold it
	OpStarted                // the goroutine started child ID, whose process is PID
	OpEnded                  // child ID ended
	OpWake                   // the goroutine lets go on who waits for what has Identity
)

// Event is one fact, read back from a trace.
type Event struct {
	Op   Op
	ID   int    // of the recording, the lock or the child; unique in its process
	Kind string // of the lock: "lock"
	Name string // of the thread or the lock; "" if it has none
	PID  int

	Shared   bool   // of the lock: several may hold it
	Permits  int    // how many, or 0
	Identity uint64 // of the lock: the same in every process that has it; 0 if only its own has

	CPU time.Duration // at begin, end and the end of a child: what the process has used since it started, or 0
}

const (
	prefix          = "interleave "
	threadCategory  = prefix + "thread"
	beginCategory   = prefix + "begin"
	endCategory     = prefix + "end"
	startedCategory = prefix + "started"
	endedCategory   = prefix + "ended"
)

var background = context.Background()

// Decode reads a user log of a trace. It reports false for logs that are not
// of this package's making.
func Decode(category, message string) (Event, bool) {
	words, ok := strings.CutPrefix(category, prefix)
	if !ok {
		return Event{}, false
	}
	op, rest, _ := strings.Cut(words, " ")
	switch op {
	case "thread":
		return Event{Op: OpThread, Name: message}, true
	case "begin", "end":
		e := Event{Op: OpBegin}
		if op == "end" {
			e.Op = OpEnd
		}
		_, err := fmt.Sscan(message, &e.ID, &e.CPU)
		return e, err == nil
	case "want", "got", "alone", "released", "quit":
		return decodeLock(op, rest)
	case "wake":
		return decodeWake(rest)
	case "started", "ended":
		return decodeChild(op, message)
	}
	return Event{}, false
}
