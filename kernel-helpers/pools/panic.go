package pools

import (
	"errors"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/panics"
)

// PanicError is the error of a task that panicked in a pool of threads.
type PanicError struct {
	Value any    // what it panicked with
	Stack string // the reader's lines that led there, the innermost first
}

// newPanicError is to be called where a panic with v is recovered.
func newPanicError(v any) *PanicError { return &PanicError{v, panics.Stack()} }

// Error says what the task panicked with, and where.
func (e *PanicError) Error() string { return panics.Tell("task", e.Value, e.Stack) }

// Unwrap returns the panic's value if that is an error.
func (e *PanicError) Unwrap() error {
	err, _ := e.Value.(error)
	return err
}

var errGoexit = errors.New("pools: the function called runtime.Goexit, so there is no result")
