package threads

import (
	"fmt"
	"os"
	"strings"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/panics"
)

// PanicError is what [Thread.Join] and [Group.Wait] panic with when a thread
// panicked.
//
// A panic must not pass unseen, and who starts a thread need not join it. So it is
// told on standard error when it happens, unless somebody waits who gets it at
// that moment. Whoever joins later is only reminded of it.
type PanicError struct {
	Thread string // the thread's name
	Value  any    // what it panicked with
	Stack  string // the reader's lines that led there, the innermost first

	told bool // on standard error
}

// Error says which thread panicked, with what and where; or, if that stands on
// standard error already, with what alone, in one line.
func (e *PanicError) Error() string {
	value := fmt.Sprint(e.Value)
	if e.told {
		first, _, _ := strings.Cut(value, "\n")
		return fmt.Sprintf("thread %s panicked, as told before: %s", e.Thread, first)
	}
	text := fmt.Sprintf("thread %s panicked: %s", e.Thread, value)
	if e.Stack != "" {
		text += "\n  at " + strings.ReplaceAll(e.Stack, "\n", "\n  at ")
	}
	return text
}

// Unwrap returns the thread's panic value if that is an error.
func (e *PanicError) Unwrap() error {
	err, _ := e.Value.(error)
	return err
}

// newPanicError returns what a thread panicked with. It is to be called where that
// is recovered. A panic that was carried over from another thread tells of that.
func newPanicError(thread string, v any) *PanicError {
	if e, ok := v.(*PanicError); ok {
		again := *e // others may read that one
		return &again
	}
	return &PanicError{Thread: thread, Value: v, Stack: panics.Stack()}
}

// tell tells of the panic on standard error, once.
func (e *PanicError) tell() {
	if !e.told {
		fmt.Fprintln(os.Stderr, e.Error())
		e.told = true
	}
}
