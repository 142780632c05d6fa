package eventloop

import (
	"fmt"
	"time"

	"github.com/petermattis/goid"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
)

// check panics unless the loop is being used by a task or callback whose turn it
// is.
func (l *Loop) check(op string) {
	if l == nil || l.owner != goid.Get() {
		panic(l.stranger(op))
	}
}

// stranger says what is wrong with a call from elsewhere. Such words are not put
// together in what every wait calls: they take room on the stack, and each task has
// one of its own, whose memory is touched for the first time.
func (l *Loop) stranger(op string) string {
	if l == nil {
		return fmt.Sprintf("eventloop: %s of what has no loop; make it with its New function, in a function that Run calls", op)
	}
	if l.owner == 0 {
		return fmt.Sprintf("eventloop: %s after the loop has ended; use a loop only until Run returns", op)
	}
	return fmt.Sprintf("eventloop: %s in a goroutine that is no task of the loop; start tasks with eventloop.Go, and have what blocks done by eventloop.ToThread", op)
}

// current returns the task that calls.
func (l *Loop) current(op string) *task {
	l.check(op)
	if l.running == nil {
		panic("eventloop: " + op + " in a callback, which cannot wait; start a task with eventloop.Go")
	}
	return l.running
}

// waiter returns the task that calls and is about to wait; or the error that it is
// told if it was cancelled before.
func (l *Loop) waiter(op string) (*task, error) {
	t := l.current(op)
	if l.isClosing {
		t.bearWith()
	}
	if t.pending != nil {
		return nil, t.takePending(op)
	}
	return t, nil
}

// bearWith lets t, which is cancelled, wait a few times more.
func (t *task) bearWith() {
	if t.excess == patience {
		t.loop.tell("task %s is ended in %s: the loop is over, the task was cancelled, and it goes on waiting; a task ends by returning the error that a wait gives it", t.Name(), readerLine())
		panic(unwinding{})
	}
	t.excess++
}

// takePending tells t, which calls op, of its cancellation if it has not been told.
func (t *task) takePending(op string) error {
	why := t.pending
	if why == nil {
		return nil
	}
	t.pending = nil
	return t.cancelled("before "+op, why)
}

// patience is how often a task may wait, to clean up, after the loop has begun to
// close.
const patience = 10

// slow is how long a turn may keep the loop before that is told. In asyncio's debug
// mode it is half of that, which a busy machine alone can take.
const slow = 200 * time.Millisecond

// endTurn looks how long the turn of t, or of a callback, kept the loop, by the
// real clock and by the loop's own.
func (l *Loop) endTurn(t *task) {
	now := time.Since(l.epoch)
	took := max(now-l.turnAt, l.computed)
	l.turnAt, l.computed = now, 0
	if took < l.slow || l.slowTold[t] {
		return
	}
	if l.slowTold == nil {
		l.slowTold = map[*task]bool{}
	}
	l.slowTold[t] = true // once is enough
	who := "a callback"
	if t != nil {
		who = "task " + t.Name()
	}
	l.tell("%s kept the loop for %s, and nobody else could run; wait with Sleep, and have what blocks or computes for long done by ToThread", who, drawing.FormatDuration(took))
}
