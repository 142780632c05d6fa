package eventloop

import (
	"fmt"
	"runtime/debug"
	"strings"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/source"
)

// PanicError is the error of a task that panicked.
type PanicError struct {
	Task  string // the task's name
	Value any    // what it panicked with
	Stack string // the reader's lines that led there, the innermost first
}

func newPanicError(task string, value any) *PanicError {
	if p, ok := value.(*PanicError); ok { // carried over from another loop or task
		return p
	}
	var lines []string
	for _, place := range source.Stack(string(debug.Stack())) {
		lines = append(lines, place.String())
	}
	return &PanicError{task, value, strings.Join(lines, "\n")}
}

// Error says which task panicked, with what and where.
func (e *PanicError) Error() string {
	text := fmt.Sprintf("eventloop: task %s panicked: %v", e.Task, e.Value)
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
