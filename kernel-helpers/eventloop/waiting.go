package eventloop

import (
	"runtime"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/source"
)

// awaitable is something that tasks wait for.
type awaitable interface {
	describe() string // what follows "waits for"

	// abandon is called when t, which waits for it, is cancelled. If t stays it
	// is woken later, by what comes of its cancellation.
	abandon(t *task, why *request) (stays bool)
}

// waitlist is a queue of tasks that wait for the same: a turn, a lock. A task is in
// one at most. They form a ring, so that an empty list, which every task has one of,
// is a single pointer.
type waitlist struct{ first *task }

func (w *waitlist) add(t *task) {
	if w.first == nil {
		w.first, t.before, t.after = t, t, t
		return
	}
	t.before, t.after = w.first.before, w.first
	t.before.after, t.after.before = t, t
}

func (w *waitlist) pop() *task {
	t := w.first
	if t != nil {
		w.remove(t)
	}
	return t
}

func (w *waitlist) remove(t *task) {
	switch {
	case t.after == t:
		w.first = nil
	case t == w.first:
		w.first = t.after
	}
	t.before.after, t.after.before = t.after, t.before
	t.before, t.after = nil, nil
}

// line is an awaitable with a waitlist, such as a lock's.
type line struct {
	what   string
	detail func() string // of the state that it is in; may be nil
	waitlist
}

func (w *line) describe() string {
	if w.detail == nil {
		return w.what
	}
	return w.what + w.detail()
}

func (w *line) abandon(t *task, _ *request) (stays bool) {
	w.remove(t)
	return false
}

// wait suspends the running task until it is taken off the line.
func (w *line) wait(t *task) error {
	if err := t.takePending("it could wait for " + w.what); err != nil {
		return err // it was woken and cancelled, and has to wait again
	}
	t.queue(&w.waitlist)
	return t.park(w)
}

// wakeFirst lets the first in the line go on and reports whether there was one.
func (w *line) wakeFirst() bool {
	t := w.pop()
	if t != nil {
		t.wake(t.loop.running)
	}
	return t != nil
}

// Sleep waits for d on the loop's clock. Other tasks have their turns meanwhile,
// also if d is 0 or less. The error tells that the task was cancelled.
func (l *Loop) Sleep(d time.Duration) error {
	t, err := l.waiter("Sleep")
	switch {
	case err != nil:
		return err
	case d <= 0:
		return t.pass()
	}
	if t.alarm == nil {
		t.alarm = &timer{task: t}
	}
	l.set(t.alarm, d)
	return t.park((*nap)(t))
}

// Yield lets every task that is ready have a turn before the calling one goes on.
// The error tells that the task was cancelled.
func (l *Loop) Yield() error {
	t, err := l.waiter("Yield")
	if err != nil {
		return err
	}
	return t.pass()
}

// pass goes to the end of those who are ready.
func (t *task) pass() error {
	t.queue(&t.loop.ready)
	return t.park((*turn)(t))
}

// nap is a task that sleeps.
type nap task

func (*nap) describe() string { return "the end of its nap" }

func (n *nap) abandon(t *task, _ *request) (stays bool) {
	t.loop.unset(t.alarm)
	return false
}

// turn is a task that is ready and has let others go first.
type turn task

func (*turn) describe() string { return "its turn" }

func (*turn) abandon(t *task, why *request) (stays bool) {
	t.err = t.cancelled("while it let others go first", why)
	return true // it is in the queue already
}

// readerLine returns the line of the reader's that called into this package, or
// "" if there is none.
func readerLine() string {
	var pcs [32]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs[:])])
	for {
		frame, more := frames.Next()
		if frame.Function != "" && source.OwnerOf(frame.Function, frame.File) == source.Reader {
			return source.At(frame.Function, frame.File, frame.Line).String()
		}
		if !more {
			return ""
		}
	}
}
