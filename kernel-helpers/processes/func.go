package processes

import "context"

// Func is a function that can be run in processes of its own.
type Func[A, R any] struct {
	*entry
	label string // "": the function's name
}

// NewFunc declares fn under a name that no other function of the program has.
// It belongs at package level, because the child finds it by that name:
//
//	var primes = processes.NewFunc("primes", func(n int) ([]int, error) { … })
//
// A function that needs several arguments takes a struct with exported fields. A
// mistake in the declaration (a name used twice, a type that gob cannot carry, a
// declaration inside main) is the error of every process that it starts.
func NewFunc[A, R any](name string, fn func(A) (R, error)) *Func[A, R] {
	var run handler
	if fn != nil {
		run = handle(fn)
	}
	return &Func[A, R]{entry: register(name, run, checkTypes[A, R])}
}

// Named returns the same function under another label, which names its processes
// where they print, fail or are drawn.
func (f *Func[A, R]) Named(label string) *Func[A, R] {
	return &Func[A, R]{entry: f.entry, label: label}
}

// Start starts a process that calls the function with a, and returns at once.
// Whatever goes wrong, [Call.Wait] tells. When ctx is done the process is killed.
func (f *Func[A, R]) Start(ctx context.Context, a A) *Call[R] {
	c := &Call[R]{Process: &Process{name: f.entry.label(f.label), done: make(chan struct{})}}
	child, request, err := f.start(ctx, c.name, a)
	if err != nil {
		c.end(err)
		return c
	}
	c.pid = child.pid
	go func() {
		result, err := call[R](child, new(decoder), request)
		child.conn.close()
		<-child.ended
		wakePoller()
		c.result = result
		c.end(err)
	}()
	return c
}

func (f *Func[A, R]) start(ctx context.Context, label string, a A) (*child, message, error) {
	if err := f.check(); err != nil {
		return nil, message{}, err
	}
	request, err := encode(new(encoder), a)
	if err != nil {
		return nil, message{}, f.errorf("its argument cannot travel to another process: %w", err)
	}
	request.last = true
	child, err := startChild(ctx, f.entry, label)
	return child, request, err
}

// Call is a process that computes a result.
type Call[R any] struct {
	*Process
	result R
}

// Wait waits until the process has ended and everything that it printed is shown,
// and returns what the function returned. The function's own error arrives with
// its text alone. A process that ended in any other way gives an [*ExitError].
// Wait may be called more than once and by several goroutines.
func (c *Call[R]) Wait() (R, error) {
	err := c.Process.Wait()
	return c.result, err
}

// Action is a function without a result that can be run in processes of its own.
type Action[A any] struct{ f *Func[A, struct{}] }

// NewAction is [NewFunc] for a function that returns only an error:
//
//	var greet = processes.NewAction("greet", func(q *processes.Queue[string]) error { … })
//
//	err := greet.Start(ctx, queue).Wait()
func NewAction[A any](name string, fn func(A) error) *Action[A] {
	var run handler
	if fn != nil {
		run = handle(func(a A) (struct{}, error) { return struct{}{}, fn(a) })
	}
	return &Action[A]{&Func[A, struct{}]{entry: register(name, run, checkTypes[A, struct{}])}}
}

// Named is [Func.Named].
func (f *Action[A]) Named(label string) *Action[A] { return &Action[A]{f.f.Named(label)} }

// Start is [Func.Start].
func (f *Action[A]) Start(ctx context.Context, a A) *Process { return f.f.Start(ctx, a).Process }

// Process is a child process.
type Process struct {
	name string
	pid  int
	done chan struct{}
	err  error // set before done is closed
}

// Name returns the label that the process prints under.
func (p *Process) Name() string { return p.name }

// Pid returns the system's number for the process, 0 if it could not be started.
func (p *Process) Pid() int { return p.pid }

// Done returns a channel that is closed when Wait would return at once.
func (p *Process) Done() <-chan struct{} { return p.done }

// Wait waits until the process has ended and everything that it printed is shown.
// Its error is as for [Call.Wait].
func (p *Process) Wait() error {
	<-p.done
	return p.err
}

func (p *Process) end(err error) {
	p.err = err
	close(p.done)
}
