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
	fn   func(A) (R, error) // nil if the workers are processes
}

// Threads returns a pool of n threads that call fn. It starts nothing yet, and may
// stand at package level. With n below one every task fails.
//
// A context ends the wait for a task, not the task: nothing stops a goroutine
// from outside.
func Threads[A, R any](n int, fn func(A) (R, error), options ...Option) *Pool[A, R] {
	p := &Pool[A, R]{fn: fn}
	p.crew.form(n, fn != nil, nil, options)
	return p
}

// Processes returns a pool of n processes that call f, each of them for many
// tasks. It starts nothing yet, and may stand at package level. With n below one
// every task fails.
//
// When the context of a task is done while a process works on it, the process is
// killed and another takes its place.
func Processes[A, R any](n int, f *processes.Func[A, R], options ...Option) *Pool[A, R] {
	p := &Pool[A, R]{}
	p.crew.form(n, f != nil, func(name string) tool { return processes.NewWorker(f, name) }, options)
	return p
}

// Map calls the function with every item and returns the results in the order of
// the items. A failing item does not keep the others from being tried; its result
// is the zero value, and the error is a [*MapError] that has them all. When ctx is
// done Map returns at once, without results and with the context's cause; items
// that have not begun then do not begin, but for a few that take no time.
func (p *Pool[A, R]) Map(ctx context.Context, items []A) ([]R, error) {
	results := make([]R, len(items))
	err := p.each(ctx, items, results)
	if _, some := err.(*MapError); err != nil && !some {
		return nil, err
	}
	return results, err
}

// Each is Map for a function whose results nobody wants.
func (p *Pool[A, R]) Each(ctx context.Context, items []A) error { return p.each(ctx, items, nil) }

// CancelPending cancels the tasks that have not begun: their error is
// [ErrCancelled], as is that of a Map under way. The pool takes others.
func (p *Pool[A, R]) CancelPending() { p.crew.stop(ErrCancelled) }

// Close waits until the tasks that the pool has are done and the workers have
// gone. It panics if a task of the pool calls it: "pools: Close in a task of the pool
// would wait for itself; call it where the pool was made". Closing twice is fine;
// tasks that come later fail with [ErrClosed].
func (p *Pool[A, R]) Close() {
	p.crew.mustNotWork("Close")
	p.crew.close()
	p.crew.await(context.Background())
}

// Shutdown is Close, but waits only until ctx is done. It then cancels the tasks
// that have not begun, as [Pool.CancelPending] does, and returns the context's
// cause. Tasks under way go on, and their workers go afterwards. With a context
// that is done already nothing is waited for; with any other it panics if a task of
// the pool calls it.
func (p *Pool[A, R]) Shutdown(ctx context.Context) error {
	err := context.Cause(ctx)
	if err == nil {
		p.crew.mustNotWork("Shutdown")
	}
	p.crew.close()
	if err == nil {
		err = p.crew.await(ctx)
	}
	if err != nil {
		p.CancelPending()
	}
	return err
}
