// Package panics tells of a panic, or of a crash, to whoever was not there: in
// another goroutine, or in the parent of a process. What it tells are lines that
// the reader wrote.
package panics

import (
	"fmt"
	"runtime/debug"
	"strings"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/source"
)

// Stack returns the reader's lines that led to a panic, the innermost first, each
// in a line of its own. It is to be called where the panic is recovered.
func Stack() string { return Lines(string(debug.Stack())) }

// Lines returns the reader's lines in what runtime/debug.Stack returns, or the
// runtime prints when a program crashes: see [source.Stack].
func Lines(dump string) string {
	var lines []string
	for _, place := range source.Stack(dump) {
		lines = append(lines, place.String())
	}
	return strings.Join(lines, "\n")
}

// Tell says in a sentence who panicked, with what and, of its stack, where.
func Tell(who string, value any, stack string) string {
	text := fmt.Sprintf("%s panicked: %v", who, value)
	if innermost, _, _ := strings.Cut(stack, "\n"); innermost != "" {
		text += ", at " + innermost
	}
	return text
}
