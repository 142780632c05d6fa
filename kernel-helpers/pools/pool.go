package pools

import (
	"context"
	"errors"

	"github.com/interleave-lab/interleave/kernel-helpers/processes"
)

// ErrClosed is the error of tasks that are given to a pool after Close.
var ErrClosed = errors.New("pools: the pool is closed")

// Pool calls one function on a few workers. Its methods may be called from any
// goroutine. Workers start as they are needed and stay until Close; tasks that
// find no free worker wait in line.
type Pool[A, R any] struct {
	crew crew
	call func(ctx context.Context, t tool, a A) (R, error)

	// stream is call for many, or nil.
	stream func(ctx context.Context, t tool, next func(ahead bool) (A, bool), done func(R, error))
}

// Threads returns a pool of n threads that call fn. It starts nothing yet, and may
// stand at package level. With n below one every task fails.
//
// A context ends the wait for a task, not the task: nothing stops a goroutine
// from outside.
func Threads[A, R any](n int, fn func(A) (R, error)) *Pool[A, R] {
	p := &Pool[A, R]{call: func(_ context.Context, _ tool, a A) (r R, err error) {
		err = catch(func() (err error) {
			r, err = fn(a)
			return err
		})
		return r, err
	}}
	p.crew.form(n, fn != nil, nil)
	return p
}

// Processes returns a pool of n processes that call f, each of them for many
// tasks. It starts nothing yet, and may stand at package level. With n below one
// every task fails.
//
// When the context of a task is done while a process works on it, the process is
// killed and another takes its place.
func Processes[A, R any](n int, f *processes.Func[A, R]) *Pool[A, R] {
	p := &Pool[A, R]{call: func(ctx context.Context, t tool, a A) (R, error) {
		return t.(*processes.Worker[A, R]).Call(ctx, a)
	}, stream: func(ctx context.Context, t tool, next func(ahead bool) (A, bool), done func(R, error)) {
		t.(*processes.Worker[A, R]).Stream(ctx, next, done)
	}}
	p.crew.form(n, f != nil, func(name string) tool { return f.Worker(name) })
	return p
}

// Map calls the function with every item and returns the results in the order of
// the items. A failing item does not keep the others from being tried; its result
// is the zero value, and the error is that of the first item that failed. When
// ctx is done Map returns at once, without results and with the context's error;
// items that have not begun then do not begin.
func (p *Pool[A, R]) Map(ctx context.Context, items []A) ([]R, error) {
	results := make([]R, len(items))
	finished, err := p.crew.each(ctx, len(items), func(t tool, i int) (err error) {
		results[i], err = p.call(ctx, t, items[i])
		return err
	}, p.streamItems(ctx, items, results))
	if !finished {
		return nil, err
	}
	return results, err
}

// streamItems returns what works on items in a stream, if this pool can.
func (p *Pool[A, R]) streamItems(ctx context.Context, items []A, results []R) streamer {
	if p.stream == nil {
		return nil
	}
	return func(t tool, take func(bool) (int, bool), told func(int, error)) {
		var taken []int // and not told
		p.stream(ctx, t, func(ahead bool) (a A, ok bool) {
			i, ok := take(ahead)
			if !ok {
				return a, false
			}
			taken = append(taken, i)
			return items[i], true
		}, func(r R, err error) {
			i := taken[0]
			taken = taken[1:]
			results[i] = r
			told(i, err)
		})
	}
}

// Submit gives the pool a task and returns at once. A task that has not begun
// when ctx is done does not begin.
func (p *Pool[A, R]) Submit(ctx context.Context, a A) *Future[R] {
	f := new(Future[R])
	p.crew.submit(ctx, &f.future, func(t tool) (err error) {
		f.result, err = p.call(ctx, t, a)
		return err
	})
	return f
}

// Close waits until the tasks that the pool has are done and the workers have
// gone. A task must not call it: it would wait for itself. Closing twice is fine.
func (p *Pool[A, R]) Close() { p.crew.close() }
