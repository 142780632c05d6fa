package pools

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"sync/atomic"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
	"github.com/interleave-lab/interleave/kernel-helpers/internal/signal"
)

// Future is the result of a task that may not be done yet. [Pool.Submit] makes
// it. Its methods may be called from any goroutine.
type Future[R any] struct {
	state  atomic.Uint32
	result R // this and err are set before the future is done
	err    error
	done   signal.Signal
	notes  atomic.Pointer[note] // whom to tell, the last first; told once it is done
}

// State is how far a task has come.
type State uint32

// The states of a task.
const (
	Pending State = iota // waits for a worker
	Running
	Done // or cancelled, or failed
)

// claimed is the state of a task that will not begin and whose error is on its way:
// it is as good as done, but for who reads the error.
const claimed = uint32(Done) + 1

// String returns "pending", "running" or "done".
func (s State) String() string {
	switch s {
	case Pending:
		return "pending"
	case Running:
		return "running"
	case Done:
		return "done"
	}
	return fmt.Sprintf("State(%d)", uint32(s))
}

// State returns how far the task has come.
func (f *Future[R]) State() State { return min(State(f.state.Load()), Done) }

// Result waits until the task is done and returns what the function returned. The
// error is the function's own; a [*PanicError] or a [*processes.ExitError] if it
// did not return; [ErrCancelled] if it never began; or the context's, if ctx is
// done first.
func (f *Future[R]) Result(ctx context.Context) (R, error) {
	if err := f.wait(ctx); err != nil {
		var none R
		return none, err
	}
	return f.result, f.err
}

// Err is Result for those who only want to know how it ended.
func (f *Future[R]) Err(ctx context.Context) error {
	_, err := f.Result(ctx)
	return err
}

// Done returns a channel that is closed when the task is done, for use in a
// select.
func (f *Future[R]) Done() <-chan struct{} { return f.done.Channel() }

// Cancel keeps the task from beginning and reports whether it did. The future is
// then done, with the error [ErrCancelled]. A task that has begun cannot be
// cancelled, as in Python; end the context that Submit was given, if the function
// looks at it.
func (f *Future[R]) Cancel() bool { return f.claim(ErrCancelled) }

// OnDone has call called once the task is done: by the worker that did it, so
// it should be short; or at once, if the task is done already. Calls are made in
// the order of OnDone. A panic in one is told on standard error, and goes no
// further.
func (f *Future[R]) OnDone(call func(*Future[R])) {
	f.tell(&note{call: func() {
		defer func() {
			if v := recover(); v != nil {
				fmt.Fprintln(os.Stderr, "pools: OnDone:", newPanicError(v))
			}
		}()
		call(f)
	}})
}

// note is a call to be made when a future is done.
type note struct {
	call func()
	next *note
}

// told stands at the end of the notes of a future that is done.
var told = &note{}

// tell sees to it that n is told.
func (f *Future[R]) tell(n *note) {
	for {
		last := f.notes.Load()
		if last == told {
			n.call()
			return
		}
		if n.next = last; f.notes.CompareAndSwap(last, n) {
			return
		}
	}
}

// wait returns the context's error if ctx is done and the future is not.
func (f *Future[R]) wait(ctx context.Context) error {
	for i := 0; i < politeness && !events.On(); i++ {
		if f.isDone() {
			return nil
		}
		runtime.Gosched()
	}
	select {
	case <-f.done.Channel():
		return nil
	case <-ctx.Done():
	}
	if f.isDone() {
		return nil
	}
	return context.Cause(ctx)
}

// isDone reports whether the result and the error are there.
func (f *Future[R]) isDone() bool { return f.state.Load() == uint32(Done) }

// begin reports whether the task may begin.
func (f *Future[R]) begin() bool {
	return f.state.CompareAndSwap(uint32(Pending), uint32(Running))
}

// claim ends the future with an error, unless the task has begun.
func (f *Future[R]) claim(err error) bool {
	if !f.state.CompareAndSwap(uint32(Pending), claimed) {
		return false
	}
	f.err = err
	f.end()
	return true
}

// end makes the future done. The result and the error are there.
func (f *Future[R]) end() {
	f.state.Store(uint32(Done))
	f.done.Send()
	var first *note
	for n := f.notes.Swap(told); n != nil; { // from the last to the first
		n, n.next, first = n.next, first, n
	}
	for ; first != nil; first = first.next {
		first.call()
	}
}
