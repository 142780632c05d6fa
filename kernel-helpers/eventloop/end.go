package eventloop

import (
	"fmt"
	"strings"
)

// end cancels what is left when main has returned, waits for it, and tells what
// went wrong unseen.
func (l *Loop) end() {
	l.isClosing = true
	for _, t := range l.tasks.list() {
		t.cancel(nil)
	}
	l.until(func() bool { return l.tasks.count == 0 })
	for _, t := range l.tasks.list() {
		l.tell("task %s was cancelled and now waits for %s, which nobody will bring; it is ended", t.Name(), t.waits.describe())
	}
	l.close()
	for _, t := range l.failed {
		if t.isAwaited {
			continue
		}
		if p, ok := t.err.(*PanicError); ok {
			l.tell("%s; nobody awaited it", p.Error())
		} else {
			l.tell("task %s failed, and nobody awaited it: %v", t.Name(), t.err)
		}
	}
}

// close ends whatever is left, however the loop came to its end.
func (l *Loop) close() {
	l.isClosing = true
	if t := l.tasks.oldest; t != nil {
		defer l.close() // also if a deferred function calls runtime.Goexit
		l.unwind(t)
		return
	}
	l.threads.Wait()
	l.recorder.close()
	l.owner = 0
}

// DeadlockError is what [Run] panics with if no task can ever go on: all of them
// wait, none for a time or a thread.
type DeadlockError struct {
	Tasks []Stuck // in the order in which the tasks were started
}

// Stuck is what one task waits for.
type Stuck struct {
	Task string
	For  string // "a value in queue orders", "task B"
	Line string // the reader's line where it waits; "" if that is not known
}

// Error tells, line by line, which task waits for what and where.
func (e *DeadlockError) Error() string {
	var b strings.Builder
	b.WriteString("eventloop: deadlock: no task can ever go on")
	for i, w := range e.Tasks {
		if i == mostTold {
			fmt.Fprintf(&b, "\n\tand %d more tasks wait", len(e.Tasks)-mostTold)
			break
		}
		fmt.Fprintf(&b, "\n\ttask %s waits for %s", w.Task, w.For)
		if w.Line != "" {
			b.WriteString(" in " + w.Line)
		}
	}
	return b.String()
}

// mostTold is how many tasks a deadlock lists.
const mostTold = 20

func (l *Loop) deadlock() *DeadlockError {
	var e DeadlockError
	for _, t := range l.tasks.list() {
		e.Tasks = append(e.Tasks, Stuck{t.Name(), t.waits.describe(), t.where()})
	}
	return &e
}
