package eventloop

import (
	"context"
	"errors"
	"sync"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
)

// ToThread has f called by a thread of its own and waits for its result: so what
// blocks, or computes for long, does not keep the loop from other tasks. Whatever
// f shares with tasks needs a lock.
//
// If f panics, the error is a [*PanicError]; a call of runtime.Goexit is an error, too.
// If the task is cancelled f's context is, too, and ToThread returns at once; the
// loop does not end before f has returned. How long f takes is known only
// afterwards, so while a thread works, a virtual clock keeps pace with the real one.
func ToThread[T any](loop *Loop, f func(ctx context.Context) (T, error)) (T, error) {
	var none, value T
	t, err := loop.waiter("ToThread")
	if err != nil {
		return none, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	w := &work{task: t}
	loop.outside++
	loop.threads.Go(func() {
		events.Thread("thread of " + t.Name())
		defer loop.arrived.put(w)
		w.err = errGoexit
		defer func() {
			if v := recover(); v != nil {
				w.err = newPanicError(t.Name(), v)
			}
		}()
		value, w.err = f(ctx)
	})
	if err := t.park(w); err != nil {
		return none, err
	}
	return value, w.err
}

var errGoexit = errors.New("eventloop: the function called runtime.Goexit, so there is no result")

// work is what a thread does for a task.
type work struct {
	task   *task
	err    error // set before it arrives
	isLeft bool  // by a task that was cancelled
}

func (w *work) describe() string { return "its thread" }

func (w *work) abandon(*task, *request) (stays bool) {
	w.isLeft = true
	return false
}

// arrive is called on the loop when the work is done.
func (w *work) arrive() {
	if !w.isLeft {
		w.task.wake(nil)
	}
}

// mailbox is where threads put the work that they have done.
type mailbox struct {
	bell chan struct{} // has room for one; rung when mail comes, which may be taken before it is heard

	mu   sync.Mutex // protects mail
	mail []*work
}

func (m *mailbox) put(w *work) {
	m.mu.Lock()
	m.mail = append(m.mail, w)
	m.mu.Unlock()
	select {
	case m.bell <- struct{}{}:
	default:
	}
}

func (m *mailbox) take() []*work {
	m.mu.Lock()
	defer m.mu.Unlock()
	mail := m.mail
	m.mail = nil
	return mail
}
