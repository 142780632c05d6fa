package pools

import (
	"context"
	"iter"
	"slices"
	"sync"
)

// Future is the result of a task that may not be done yet. Its methods may be
// called from any goroutine.
type Future[R any] struct {
	done   chan struct{}
	result R // set before done is closed, as is err
	err    error

	mu      sync.Mutex // protects what follows
	waiting []chan<- *Future[R]
	ended   bool
}

// Submit gives the pool a task and returns at once. A task that has not begun
// when ctx is done does not begin.
func (p *Pool[A, R]) Submit(ctx context.Context, a A) *Future[R] {
	f := &Future[R]{done: make(chan struct{})}
	err := p.give(func(w worker[A, R]) {
		var r R
		err := errGoexit
		defer func() { f.end(r, err) }()
		if ctx.Err() != nil {
			err = context.Cause(ctx)
			return
		}
		r, err = w.call(ctx, a)
	})
	if err != nil {
		var none R
		f.end(none, err)
	}
	return f
}

// Result waits until the task is done and returns what the function returned. The
// error is the function's own; a [*PanicError] or [*processes.ExitError] if it did
// not return; or the context's, if ctx is done first.
func (f *Future[R]) Result(ctx context.Context) (R, error) {
	select {
	case <-f.done: // even if ctx is done, too
		return f.result, f.err
	default:
	}
	select {
	case <-f.done:
		return f.result, f.err
	case <-ctx.Done():
		var none R
		return none, context.Cause(ctx)
	}
}

// Done returns a channel that is closed when the task is done, for use in a
// select.
func (f *Future[R]) Done() <-chan struct{} { return f.done }

func (f *Future[R]) end(r R, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.result, f.err, f.ended = r, err, true
	close(f.done)
	for _, c := range f.waiting {
		c <- f // has room
	}
	f.waiting = nil
}

// tell sends f to c, which has room, when the task is done.
func (f *Future[R]) tell(c chan<- *Future[R]) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.ended {
		c <- f
		return
	}
	f.waiting = append(f.waiting, c)
}

// forget takes back a tell.
func (f *Future[R]) forget(c chan<- *Future[R]) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.waiting = slices.DeleteFunc(f.waiting, func(w chan<- *Future[R]) bool { return w == c })
}

// AsCompleted yields the futures in the order in which their tasks become done,
// waiting for each.
func AsCompleted[R any](futures ...*Future[R]) iter.Seq[*Future[R]] {
	return func(yield func(*Future[R]) bool) {
		done := make(chan *Future[R], len(futures))
		for _, f := range futures {
			f.tell(done)
			defer f.forget(done)
		}
		for range futures {
			if !yield(<-done) {
				return
			}
		}
	}
}
