package locks

import (
	"strings"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/waitfor"
)

// Edge is one goroutine's wait for what another holds, in the words of charts.
// Line is where it waits, and may be "".
type Edge = waitfor.Edge

// DeadlockError is what a goroutine panics with if it waits in a circle: for a
// lock whose holder waits for a lock whose holder waits, and so on, for a lock
// that the goroutine holds itself. One goroutine of the circle panics, the one
// that closed it. If it gives up what it holds, with With or a deferred Unlock,
// the others go on.
//
// A circle is looked for when a goroutine has waited for a tenth of a second. Only
// waits without a timeout or a context count, and only locks that have never
// been unlocked by another goroutine than their holder; but if that was going to
// happen for the first time, more than a tenth of a second later, the alarm is
// false. Channels and package sync are not seen: if nothing at all can run any
// more, Go or a recording says so.
type DeadlockError struct {
	Cycle []Edge // each Holder is the next one's Waiter
}

func newDeadlock(circle waitfor.Circle) *DeadlockError {
	e := &DeadlockError{Cycle: circle.Edges()}
	if waitfor.Drawer != nil {
		waitfor.Drawer.DrawDeadlock(e.Cycle)
	}
	return e
}

// Error tells the circle, a line each, and what can be done.
func (e *DeadlockError) Error() string {
	var b strings.Builder
	b.WriteString("locks: deadlock: ")
	if len(e.Cycle) == 1 {
		b.WriteString(tellWait(e.Cycle[0], "which it holds itself"))
		b.WriteString(".\nUnlock it first, or use an RMutex, which its holder may lock again.")
		return b.String()
	}
	b.WriteString("each of these waits for the next, and the last for the first.")
	for _, edge := range e.Cycle {
		b.WriteString("\n  " + tellWait(edge, "which "+edge.Holder+" holds"))
	}
	b.WriteString("\nTake these locks in the same order everywhere, or hold one at a time.")
	return b.String()
}

func tellWait(e Edge, held string) string {
	s := e.Waiter + " waits for " + e.Lock + ", " + held
	if e.Line != "" {
		s += ", at " + e.Line
	}
	return s
}
