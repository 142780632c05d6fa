package processes

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/panics"
)

// ExitError is how a process ended that did not return from its function: it
// panicked, called os.Exit (also with 0), was killed, or was not started because
// its context was done. Find it with errors.As.
type ExitError struct {
	Name   string         // of the process
	Pid    int            // its number, 0 if it was not started
	Code   int            // its exit status, -1 if a signal ended it or it was not started
	Signal syscall.Signal // the signal that ended it, or 0
	Panic  string         // the panic's value or the runtime's fatal error, or ""
	Stack  string         // the reader's lines that led there, the innermost first
	Output string         // what it said on stderr, if it ended before its function began

	cause error // why the parent ended it
}

// crashStatus is the exit status of a Go program that panics.
const crashStatus = 2

// Error says in one sentence how the process ended.
func (e *ExitError) Error() string {
	who := fmt.Sprintf("process %s (pid %d) ", e.Name, e.Pid)
	switch {
	case errors.Is(e.cause, syscall.ECHILD):
		return who + "ended, and the system has forgotten how: the program ignores SIGCHLD"
	case e.cause != nil && e.Pid == 0:
		return fmt.Sprintf("process %s was not started: %v", e.Name, e.cause)
	case e.cause != nil:
		return who + "was stopped: " + e.cause.Error()
	case e.Panic != "":
		return panics.Tell(strings.TrimSuffix(who, " "), e.Panic, e.Stack)
	case e.Signal != 0:
		return who + "was killed by " + signalName(e.Signal)
	case e.Output != "":
		return fmt.Sprintf("%sended with exit status %d before its function began: %s", who, e.Code, e.Output)
	}
	return fmt.Sprintf("%sended with exit status %d before its function returned", who, e.Code)
}

// Unwrap returns why the process was stopped: the context's error, or nil.
func (e *ExitError) Unwrap() error { return e.cause }

func signalName(s syscall.Signal) string {
	name := unix.SignalName(s)
	if name == "" {
		return s.String()
	}
	return fmt.Sprintf("%s (%s)", name, s)
}

// exitError describes a child that ended without an answer.
func (c *child) exitError() *ExitError {
	e := &ExitError{Name: c.name, Pid: c.pid, Code: c.state.ExitCode()}
	if c.state != nil {
		if status, ok := c.state.Sys().(syscall.WaitStatus); ok && status.Signaled() {
			e.Signal = status.Signal()
		}
	}
	if c.reason != nil {
		e.cause = c.reason
		return e
	}
	e.Output = c.early
	if c.crash != "" {
		e.Panic, e.Stack = splitCrash(c.crash)
	}
	return e
}

// notStarted is the error of a process that ctx did not let start.
func notStarted(name string, reason error) *ExitError {
	return &ExitError{Name: name, Code: -1, cause: reason}
}

// ending says in a few words how the process ended, "" if well.
func (c *child) ending() string {
	switch {
	case c.state == nil:
		return "unknown"
	case c.state.Success():
		return ""
	}
	return c.state.String()
}

// used is the processor time that the process had in its life, 0 if that is not known.
func (c *child) used() time.Duration {
	if c.state == nil {
		return 0
	}
	return c.state.UserTime() + c.state.SystemTime()
}

// splitCrash takes apart what the Go runtime prints when a program crashes. The
// goroutine that waits for the function in dispatch has nothing to tell.
func splitCrash(text string) (value, stack string) {
	if i := strings.Index(text, "fatal error: "); i >= 0 && !strings.HasPrefix(text, "panic: ") {
		text = text[i:]
	}
	value, stack, _ = strings.Cut(text, "\n\n")
	value = strings.TrimPrefix(strings.TrimPrefix(value, "panic: "), "fatal error: ")
	goroutines := slices.DeleteFunc(strings.Split(stack, "\n\n"), func(goroutine string) bool {
		return strings.Contains(goroutine, "processes.dispatch(")
	})
	return strings.TrimSpace(value), panics.Lines(strings.Join(goroutines, "\n\n"))
}
