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
// one at most. They form a ring, so that a list, which every task has one of, is a
// single pointer: to the last, behind which comes the first.
type waitlist struct{ last *task }

func (w *waitlist) add(t *task) {
	if w.last == nil {
		t.after = t
	} else {
		t.after, w.last.after = w.last.after, t
	}
	w.last = t
}

// pop takes the first off the list. It returns nil if there is none.
func (w *waitlist) pop() *task {
	if w.last == nil {
		return nil
	}
	return w.removeAfter(w.last)
}

// remove looks for t, which is in the list: only who is cancelled leaves from its
// middle.
func (w *waitlist) remove(t *task) {
	before := w.last
	for before.after != t {
		before = before.after
	}
	w.removeAfter(before)
}

func (w *waitlist) removeAfter(before *task) *task {
	t := before.after
	before.after = t.after
	switch t {
	case before: // it was alone
		w.last = nil
	case w.last:
		w.last = before
	}
	t.after = nil
	return t
}

// Sleep waits for d on the loop's clock. Other tasks have their turns meanwhile; if d
// is 0 or less it is [Loop.Yield]. The error is that the task was cancelled, and is
// [context.Canceled] to errors.Is.
func (l *Loop) Sleep(d time.Duration) error {
	if d <= 0 {
		return l.Yield()
	}
	t, err := l.waiter("Sleep")
	if err != nil {
		return err
	}
	alarm := l.alarms.take(t)
	l.set(alarm, d)
	err = t.park((*nap)(alarm))
	l.alarms.put(alarm)
	return err
}

// Yield lets every task that is ready have a turn before the calling one goes on.
// The error is that the task was cancelled, and is [context.Canceled] to errors.Is.
func (l *Loop) Yield() error {
	t, err := l.waiter("Yield")
	if err != nil {
		return err
	}
	t.queue(&l.ready)
	return t.park((*turn)(t))
}

// nap is what a task that sleeps waits for.
type nap timer

func (*nap) describe() string { return "the end of its nap" }

func (n *nap) abandon(t *task, _ *request) (stays bool) {
	t.loop.unset((*timer)(n))
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
	if at := readerPosition(); at.Known() {
		return at.String()
	}
	return ""
}

func readerPosition() source.Position {
	var pcs [32]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs[:])])
	for {
		frame, more := frames.Next()
		if frame.Function != "" && source.OwnerOf(frame.Function, frame.File) == source.Reader {
			return source.At(frame.Function, frame.File, frame.Line)
		}
		if !more {
			return source.Position{}
		}
	}
}
