package threads

import (
	"bytes"
	"fmt"
	"slices"
)

// Panic is what [Thread.Join] and [Group.Wait] panic with when a thread panicked.
type Panic struct {
	Thread string // the thread's name
	Value  any    // what it panicked with
	Stack  []byte // where, as runtime/debug.Stack prints it
}

// Error says which thread panicked, with what and where.
func (p *Panic) Error() string {
	return fmt.Sprintf("thread %s panicked: %v\n\n%s", p.Thread, p.Value, p.Stack)
}

// Unwrap returns the thread's panic value if that is an error.
func (p *Panic) Unwrap() error {
	err, _ := p.Value.(error)
	return err
}

// panicOf returns what a thread panicked with. A panic that was itself carried
// over from another thread stays as it is.
func panicOf(thread string, v any, stack []byte) *Panic {
	if p, ok := v.(*Panic); ok {
		return p
	}
	return &Panic{Thread: thread, Value: v, Stack: fromPanic(stack)}
}

// fromPanic leaves out what a stack holds above the call of panic: the frames of
// the recovery. The line that names the goroutine stays.
func fromPanic(stack []byte) []byte {
	head, rest, ok := bytes.Cut(stack, []byte("\n"))
	_, rest, found := bytes.Cut(rest, []byte("\npanic("))
	if !ok || !found {
		return stack
	}
	for range 2 { // the rest of panic's two lines
		_, rest, _ = bytes.Cut(rest, []byte("\n"))
	}
	return slices.Concat(head, []byte("\n"), rest)
}
