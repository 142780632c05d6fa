// Package display shows rich output under the notebook cell that runs: HTML,
// Markdown, images, charts, and output that is updated in place.
//
//	display.Markdown("**bold**")
//	display.Show(display.Bundle{"image/png": picture, "text/plain": "a cat"})
//
//	live := display.NewLive()                    // one output, updated in place
//	progress := display.NewProgress("pages", 40) // a bar that grows
//
// For lines of text fmt.Println is enough, and for charts package plot draws and
// shows them. Use this for all else, and for what changes while the cell runs.
//
// It speaks to the GoNB kernel by itself, over the two pipes that the kernel
// names in GONB_PIPE and GONB_PIPE_BACK, because GoNB's own library (gonbui)
// links logging and more, which costs every cell that imports it. A program may
// use one of the two libraries, not both: they would read each other's answers.
//
// Every call returns when the kernel has sent the output on to Jupyter, so
// nothing is lost when the cell ends, and output stands in order with what the
// same goroutine printed before and prints after. A kernel that is gone or does
// not answer is an error, never a hang.
//
// Outside a kernel (a test, a program of its own) everything still works: the
// plain text is printed instead.
package display

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
)

// Bundle is one output in several forms, of which the front-end shows the
// richest that it knows. Keys are MIME types. Values are a string, a []byte for
// binary types such as image/png, or, for JSON types, what JSON is made of: text,
// numbers, bools, nil, slices, and maps with string keys, of any type. For a
// struct, give what encoding/json decodes from its encoding. The kernel's decoder
// turns an empty list into null: leave it out where that matters.
//
// Give text/plain always: terminals, logs and screen readers show it.
type Bundle map[string]any

// Show shows b under the running cell.
//
// It returns an error if b is empty, if a value cannot be sent (a channel, a struct, a
// NaN) or if the kernel is gone.
func Show(b Bundle) error {
	return show(b, "")
}

// HTML shows a piece of HTML. Scripts in it run only in trusted notebooks. Where HTML
// is not drawn nothing is seen: use [Show], with text/plain beside it, where that
// matters. The error is that of Show.
func HTML(html string) error {
	return Show(Bundle{"text/html": html})
}

// Markdown shows text that is written in Markdown, and as it is where that is not
// drawn. The error is that of [Show].
func Markdown(text string) error {
	return Show(Bundle{"text/markdown": text, "text/plain": text})
}

// show sends b as a new output, or, if id is not empty, in place of the output
// that was shown with the same id before.
func show(b Bundle, id string) error {
	if len(b) == 0 {
		return errors.New("display: nothing to show: the bundle is empty")
	}
	if os.Getenv(pipeEnv) == "" {
		return printPlain(os.Stdout, b)
	}
	sendable := make(Bundle, len(b))
	for mime, value := range b {
		plain, err := normalize(value)
		if err != nil {
			return fmt.Errorf("display: cannot send %s: %w", mime, err)
		}
		sendable[mime] = plain
	}
	return toKernel.show(sendable, id)
}

// printPlain prints the most readable form of b.
func printPlain(w io.Writer, b Bundle) error {
	for _, mime := range []string{"text/plain", "text/markdown", "text/html"} {
		if text, ok := b[mime].(string); ok {
			_, err := fmt.Fprintln(w, strings.TrimSuffix(text, "\n"))
			return err
		}
	}
	_, err := fmt.Fprintf(w, "(%s: shown in a notebook)\n", strings.Join(slices.Sorted(maps.Keys(b)), ", "))
	return err
}
