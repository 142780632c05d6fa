package processes

import (
	"context"
	"sync"

	"golang.org/x/sys/unix"
)

// Worker is a process that answers many calls of a function, one after another,
// and so is started only once. If it crashes, the next call starts another. It is
// made by [NewWorker]; package pools has several of them do a list of tasks.
type Worker[A, R any] struct{ w caller }

// caller is what a Worker needs of a worker, whose types are many.
type caller interface {
	call(ctx context.Context, argument, result any) error
	stream(ctx context.Context, next func(ahead bool) *sentCall, done func(*sentCall))
	close()
}

// NewWorker returns a worker for f under a label or, if that is empty, under the
// function's name and a number. Its process is started by the first call and ended by
// [Worker.Close], or with this program.
//
// It is no method of Func: programs would be compiled with a worker for each.
func NewWorker[A, R any](f *Func[A, R], label string) *Worker[A, R] {
	return &Worker[A, R]{&worker{entry: f.entry, label: f.entry.label(label)}}
}

// Call calls the function in the worker's process and waits for the result. The
// error is as for [Call.Wait]; after an [*ExitError] other than a panic of the
// function the process is gone. When ctx is done the process is killed, and the
// error wraps context.Cause(ctx). Calls at the same time wait for each other, and
// that wait does not end with ctx.
func (w *Worker[A, R]) Call(ctx context.Context, a A) (R, error) {
	var result envelope[R]
	err := w.w.call(ctx, &envelope[A]{a}, &result)
	return result.V, err
}

// Close ends the process, after the call that it is answering, and waits for its
// end. Without a process it does nothing. The worker can be used again: the next
// call starts another process.
func (w *Worker[A, R]) Close() { w.w.close() }

// worker is a Worker without its types.
type worker struct {
	entry *entry
	label string

	mu        sync.Mutex // held for the time of a call, or of a stream
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
	if err := w.send(argument); err != nil {
		return err
	}
	defer w.killWhenDone(ctx)()
	err := w.child.answer(&w.results, w.entry.result(), result)
	w.drain()
	return err
}

// send sends a call to the process that was started last. Should that have ended,
// there is no answer.
func (w *worker) send(argument any) error {
	request, err := w.arguments.encode(w.entry.argument(), argument)
	if err != nil {
		return w.entry.errorf("its argument cannot travel to another process: %w", err)
	}
	w.child.record()
	w.child.request(request)
	return nil
}

// killWhenDone has the process killed when ctx is done, until stop is called.
func (w *worker) killWhenDone(ctx context.Context) (stop func()) {
	if ctx.Done() == nil {
		return func() {}
	}
	child := w.child
	undo := context.AfterFunc(ctx, func() { child.kill(context.Cause(ctx)) })
	return func() { undo() }
}

// drain shows what the process has printed.
func (w *worker) drain() {
	w.child.stdout.drain()
	w.child.stderr.drain()
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
	if w.child, err = startChild(context.Background(), w.entry, w.label); err != nil {
		return err
	}
	if err = w.child.link(); err != nil {
		w.shut()
		return w.entry.errorf("the process could not be reached: %w", err)
	}
	return nil
}

func (w *worker) close() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.child != nil {
		w.shut()
	}
}

// shut lets the process end, and waits for that.
func (w *worker) shut() {
	w.child.conn.raw.Control(func(fd uintptr) { unix.Shutdown(int(fd), unix.SHUT_WR) })
	if l, ok := w.child.line.(*link); ok {
		l.close()
	}
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
