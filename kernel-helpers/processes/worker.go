package processes

import (
	"context"
	"sync"

	"golang.org/x/sys/unix"
)

// Worker is a process that answers many calls of a function, one after another,
// and so is started only once. If it crashes, the next call starts another.
type Worker[A, R any] struct{ w worker }

// Worker returns a worker under a label. Its process is started by the first
// call, and ended by Close.
func (f *Func[A, R]) Worker(label string) *Worker[A, R] {
	return &Worker[A, R]{worker{entry: f.entry, label: f.entry.label(label)}}
}

// Call calls the function in the worker's process and waits for the result. The
// error is as for [Call.Wait]; after an [*ExitError] other than a panic of the
// function the process is gone. When ctx is done the process is killed. Calls at
// the same time wait for each other.
func (w *Worker[A, R]) Call(ctx context.Context, a A) (R, error) {
	var result envelope[R]
	err := w.w.call(ctx, &envelope[A]{a}, &result)
	return result.V, err
}

// Close ends the process, after the call that it is answering, and waits for its
// end. The worker can be used again.
func (w *Worker[A, R]) Close() { w.w.close() }

// worker is a Worker without its types.
type worker struct {
	entry *entry
	label string

	mu        sync.Mutex // held for the time of a call
	child     *child     // nil before the first call
	arguments encoder
	results   decoder
}

func (w *worker) call(ctx context.Context, argument, result any) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.start(ctx); err != nil {
		return err
	}
	request, err := w.arguments.encode(w.entry.argument(), argument)
	if err != nil {
		return w.entry.errorf("its argument cannot travel to another process: %w", err)
	}
	child := w.child
	if ctx.Done() != nil {
		stop := context.AfterFunc(ctx, func() { child.kill(context.Cause(ctx)) })
		defer stop()
	}
	child.record()
	err = child.call(&w.results, w.entry.result(), request, result)
	child.stdout.drain()
	child.stderr.drain()
	return err
}

// start starts a process if there is none that lives.
func (w *worker) start(ctx context.Context) (err error) {
	if w.child != nil && !w.child.over() {
		return nil
	}
	w.abandon()
	if ctx.Err() != nil {
		return notStarted(w.label, context.Cause(ctx))
	}
	if err := w.entry.check(); err != nil {
		return err
	}
	w.arguments, w.results = encoder{}, decoder{}
	w.child, err = startChild(context.Background(), w.entry, w.label)
	return err
}

func (w *worker) close() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.child == nil {
		return
	}
	w.child.conn.raw.Control(func(fd uintptr) { unix.Shutdown(int(fd), unix.SHUT_WR) })
	<-w.child.ended
	w.abandon()
}

// abandon lets go of a process that has ended.
func (w *worker) abandon() {
	if w.child != nil {
		w.child.conn.close()
		w.child = nil
		wakePoller()
	}
}
