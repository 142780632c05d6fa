package eventloop

import (
	"iter"

	"github.com/petermattis/goid"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
)

// errand is what a coroutine is continued for.
type errand int8

const (
	toGoOn errand = iota
	toSayWhere
	toUnwind
)

// turn lets t run until it waits or ends.
func (l *Loop) turn(t *task) {
	if t.next == nil && t.pending != nil { // cancelled before it began
		t.finish(t.cancelled("before its first turn", t.pending))
		return
	}
	l.running, t.waits = t, nil
	l.recorder.running(t)
	if t.next == nil {
		// Made here and not when the task was: a coroutine belongs to the
		// thread, if any, that its maker is locked to.
		t.next, _ = iter.Pull(l.body)
	}
	_, waits := t.next()
	l.leave()
	if !waits {
		t.finish(t.err)
	}
	l.endTurn(t)
}

// leave ends a task's turn: the loop's own goroutine is the owner again.
func (l *Loop) leave() {
	l.running = nil
	l.owner = l.goroutine
	l.errand = toGoOn
}

// coroutine is what can stop in the middle and be continued: the body of an
// iterator that yields whenever the task that it was made for, in whose turn it
// begins, waits.
func (l *Loop) coroutine(yield func(None) bool) {
	t := l.running
	l.yield = yield
	l.owner = goid.Get()
	if events.On() {
		t.nameLane()
	}
	defer t.catch()
	t.err = t.run()
}

// nameLane tells a trace of goroutines which task this one is.
func (t *task) nameLane() { events.Thread(t.Name() + " (task)") } // main is a task, too

// unwinding is what a task that has to end panics with, so that its deferred
// functions run.
type unwinding struct{}

func (unwinding) String() string { return "eventloop: the loop has ended, and with it this task" }

func (t *task) catch() {
	switch v := recover().(type) {
	case nil:
	case unwinding:
		t.err = t.cancelled("when the loop ended", nil)
	default:
		t.err = newPanicError(t.Name(), v)
	}
}

// unwind ends a task wherever it is. What its deferred functions wait for, they do
// not get.
func (l *Loop) unwind(t *task) {
	if t.next == nil {
		t.err = t.cancelled("before its first turn", nil)
	} else {
		l.running = t
		l.errand = toUnwind
		defer l.leave() // also if a deferred function calls runtime.Goexit
		t.next()
	}
	t.finish(t.err)
}

// heedUnwinding panics if the running task is being unwound.
func (l *Loop) heedUnwinding() {
	if l.errand == toUnwind {
		panic(unwinding{})
	}
}

// park suspends the running task until what it waits for wakes it, or until it is
// cancelled. All waiting is done here.
func (t *task) park(on awaitable) error {
	l := t.loop
	l.heedUnwinding()
	t.waits = on
	l.recorder.waiting(t, on)
	yield := l.yield
	yield(None{})
	for l.errand == toSayWhere {
		l.askedLine = readerLine()
		yield(None{})
	}
	l.yield, l.owner = yield, goid.Get()
	l.heedUnwinding()
	err := t.err
	t.err = nil
	return err
}

// queue puts the running task, which is about to park, in a list. One that unwinds
// may be in a list yet, and does not get what its deferred functions wait for.
func (t *task) queue(w *waitlist) {
	t.loop.heedUnwinding()
	w.add(t)
}

// wake ends the wait of t, whose turn comes when those before it have had theirs.
// The task by, if not nil, is why.
func (t *task) wake(by *task) {
	t.waits = nil
	t.loop.recorder.woken(t, by)
	t.loop.ready.add(t)
}

// where returns the reader's line in which t, which waits, does so.
func (t *task) where() string {
	l := t.loop
	l.errand = toSayWhere
	t.next()
	l.errand = toGoOn
	return l.askedLine
}
