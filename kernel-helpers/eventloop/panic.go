package eventloop

import "github.com/interleave-lab/interleave/kernel-helpers/internal/panics"

// PanicError is the error of a task that panicked.
type PanicError struct {
	Task  string // the task's name
	Value any    // what it panicked with
	Stack string // the reader's lines that led there, the innermost first
}

// newPanicError is to be called where a panic with value is recovered.
func newPanicError(task string, value any) *PanicError {
	if p, ok := value.(*PanicError); ok { // carried over from another loop or task
		return p
	}
	return &PanicError{task, value, panics.Stack()}
}

// Error says which task panicked, with what and where.
func (e *PanicError) Error() string { return panics.Tell("task "+e.Task, e.Value, e.Stack) }

// Unwrap returns the panic's value if that is an error.
func (e *PanicError) Unwrap() error {
	err, _ := e.Value.(error)
	return err
}
