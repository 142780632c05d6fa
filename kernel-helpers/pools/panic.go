package pools

import (
	"errors"
	"fmt"
	"runtime/debug"
	"strings"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/source"
)

// PanicError is the error of a task that panicked in a pool of threads.
type PanicError struct {
	Value any    // what it panicked with
	Stack string // the reader's lines that led there, the innermost first
}

// newPanicError is to be called where a panic with v is recovered.
func newPanicError(v any) *PanicError {
	var lines []string
	for _, place := range source.Stack(string(debug.Stack())) {
		lines = append(lines, place.String())
	}
	return &PanicError{v, strings.Join(lines, "\n")}
}

// Error says what the task panicked with, and where.
func (e *PanicError) Error() string {
	text := fmt.Sprintf("task panicked: %v", e.Value)
	if place, _, _ := strings.Cut(e.Stack, "\n"); place != "" {
		text += ", at " + place
	}
	return text
}

// Unwrap returns the panic's value if that is an error.
func (e *PanicError) Unwrap() error {
	err, _ := e.Value.(error)
	return err
}

var errGoexit = errors.New("pools: the task called runtime.Goexit, so there is no result")
