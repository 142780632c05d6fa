package eventloop

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
)

// request is a cancellation: by Cancel, or by a Timeout whose time is up.
type request struct {
	task   *task // whose Timeout it is; nil: by Cancel
	depth  int   // of two Timeouts that a task is in the outer one has the lesser
	isTold bool  // a task was told
}

// cancel asks t to end. A nil request stands for Cancel.
func (t *task) cancel(why *request) {
	if why == nil {
		why = &request{}
	}
	switch {
	case t.isDone, t.isAsked:
	case t.waits == nil:
		if t.pending == nil || why.depthIn(t) < t.pending.depthIn(t) {
			t.pending = why
		}
	default:
		on := t.waits
		t.isAsked = true // tasks that await each other would ask for ever
		stays := on.abandon(t, why)
		t.isAsked = false
		if !stays {
			t.err = t.cancelled("while it waited for "+on.describe(), why)
			t.wake(t.loop.running)
		}
	}
}

// depthIn tells how much of t r ends: the less, the more; 0 is all of it.
func (r *request) depthIn(t *task) int {
	if r.task != t {
		return 0
	}
	return r.depth
}

// cancelledError is what a wait returns in a task that is cancelled.
type cancelledError struct {
	task string
	when string
	why  *request
}

func (t *task) cancelled(when string, why *request) *cancelledError {
	if why != nil {
		why.isTold = true
	}
	return &cancelledError{t.Name(), when, why}
}

func (e *cancelledError) Error() string {
	return fmt.Sprintf("eventloop: task %s was cancelled %s", e.task, e.when)
}

func (e *cancelledError) Is(target error) bool { return target == context.Canceled }

func isCancellation(err error) bool { return errors.Is(err, context.Canceled) }

// timeoutError is what Timeout returns when the time is up.
type timeoutError struct {
	task  string
	after time.Duration
}

func (e *timeoutError) Error() string {
	return fmt.Sprintf("eventloop: time is up in task %s after %s", e.task, drawing.FormatDuration(e.after))
}

func (e *timeoutError) Is(target error) bool { return target == context.DeadlineExceeded }
func (e *timeoutError) Timeout() bool        { return true }

// Timeout calls f in the calling task and returns its error. When f has not
// returned after d on the loop's clock, it is cancelled: the wait that it is in
// returns an error, and so does Timeout, one that is
// [context.DeadlineExceeded]. The task itself goes on. A function that does not
// wait cannot be ended, and if d is 0 or less its first wait is. Of Timeouts within
// each other whose time is up at once, the outermost tells so.
func (l *Loop) Timeout(d time.Duration, f func() error) error {
	t := l.current("Timeout")
	why := &request{task: t}
	alarm := &timer{call: func() { t.cancel(why) }}
	l.set(alarm, d)
	why.depth = alarm.seq // an outer Timeout was called before
	defer func() {
		l.unset(alarm)
		if t.pending == why {
			t.pending = nil
		}
	}()
	err := f()
	if !why.isTold {
		return err
	}
	var cancelled *cancelledError
	if err == nil || errors.As(err, &cancelled) && cancelled.why == why {
		return &timeoutError{t.Name(), d}
	}
	return err
}
