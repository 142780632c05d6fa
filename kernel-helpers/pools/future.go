package pools

import (
	"context"
	"iter"
	"slices"
	"sync"
)

// Future is the result of a task that may not be done yet. [Pool.Submit] makes
// it. Its methods may be called from any goroutine.
type Future[R any] struct {
	future
	result R // set before the future is done
}

// Result waits until the task is done and returns what the function returned. The
// error is the function's own; a [*PanicError] or a [*processes.ExitError] if it
// did not return; or the context's, if ctx is done first.
func (f *Future[R]) Result(ctx context.Context) (R, error) {
	if err := f.wait(ctx); err != nil {
		var none R
		return none, err
	}
	return f.result, f.err
}

// Done returns a channel that is closed when the task is done, for use in a
// select.
func (f *Future[R]) Done() <-chan struct{} { return f.done }

// AsCompleted yields the futures in the order in which their tasks become done,
// waiting for each.
func AsCompleted[R any](futures ...*Future[R]) iter.Seq[*Future[R]] {
	return func(yield func(*Future[R]) bool) {
		done := make(chan int, len(futures))
		for i, f := range futures {
			f.tell(done, i)
			defer f.forget(done)
		}
		for range futures {
			if !yield(futures[<-done]) {
				return
			}
		}
	}
}

// future is a Future without its result.
type future struct {
	done chan struct{}
	err  error // set before done is closed

	mu      sync.Mutex // protects what follows
	waiting []notice
	ended   bool
}

// notice is a number to be sent, to a channel that has room, when a future ends.
type notice struct {
	to     chan<- int
	number int
}

// submit gives the crew a task that ends f.
func (c *crew) submit(ctx context.Context, f *future, call func(tool) error) {
	f.done = make(chan struct{})
	err := c.give(func(t tool) {
		err := errGoexit
		defer func() { f.end(err) }()
		if ctx.Err() != nil {
			err = context.Cause(ctx)
			return
		}
		err = call(t)
	})
	if err != nil {
		f.end(err)
	}
}

// wait returns the context's error if ctx is done and the future is not.
func (f *future) wait(ctx context.Context) error {
	select {
	case <-f.done:
		return nil
	default:
	}
	select {
	case <-f.done:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func (f *future) end(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.err, f.ended = err, true
	close(f.done)
	for _, n := range f.waiting {
		n.to <- n.number
	}
	f.waiting = nil
}

// tell has number sent to a channel, which has room, when the future has ended.
func (f *future) tell(to chan<- int, number int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.ended {
		to <- number
		return
	}
	f.waiting = append(f.waiting, notice{to, number})
}

// forget takes back a tell.
func (f *future) forget(to chan<- int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.waiting = slices.DeleteFunc(f.waiting, func(n notice) bool { return n.to == to })
}
