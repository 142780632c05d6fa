package processes

import "context"

// Func is a function that can be run in processes of its own.
type Func[A, R any] struct {
	entry *entry
	label string // "": the function's name
}

// NewFunc declares fn under a name that no other function of the program has.
// It belongs at package level, because the child finds it by that name:
//
//	var primes = processes.NewFunc("primes", func(n int) ([]int, error) { … })
//
// A function that needs several arguments takes a struct with exported fields. It
// reports failure by its error; if it panics or ends its process, whoever waits gets
// an [*ExitError]. A mistake in the declaration (no name, a name used twice, a nil
// function, a type that gob cannot carry, a declaration inside main) is the error of
// every process that it starts, and never a panic.
func NewFunc[A, R any](name string, fn func(A) (R, error)) *Func[A, R] {
	return &Func[A, R]{entry: register(name, handle(fn), (*A)(nil), (*R)(nil))}
}

// Named returns the same function under another label, which names its processes
// where they print, fail or are drawn. Without one they have the function's name,
// and a number from the second on: "primes", "primes 2".
func (f *Func[A, R]) Named(label string) *Func[A, R] {
	return &Func[A, R]{entry: f.entry, label: label}
}

// Start starts a process that calls the function with a, and returns when it is
// started, which takes a millisecond or two. Whatever goes wrong, [Call.Wait] tells,
// and what was wrong before the start too: a is of no use to another process, main
// has not called flag.Parse, the system has no room for a process. When ctx is done
// the process is killed (SIGKILL, so it cannot clean up), with all that it has
// started.
//
// What processes share ([Queue], [Lock], …) may be anywhere in a, 250 things at most.
func (f *Func[A, R]) Start(ctx context.Context, a A) *Call[R] {
	c := new(Call[R])
	c.Process = startProcess(ctx, f.entry, f.label, &envelope[A]{a}, &c.result)
	return c
}

// Call is a process that computes a result.
type Call[R any] struct {
	*Process
	result envelope[R]
}

// Wait waits until the process has ended and everything that it printed is shown,
// and returns what the function returned. The function's own error arrives with
// its text alone: errors.Is does not know it again. A process that ended in any
// other way gives an [*ExitError], which wraps context.Cause if a context ended it.
// Without a result the R is zero. Wait may be called more than once and by several
// goroutines; it takes no context, because that of Start ends the process.
func (c *Call[R]) Wait() (R, error) {
	err := c.Process.Wait()
	return c.result.V, err
}

// Action is a function without a result that can be run in processes of its own.
type Action[A any] struct {
	entry *entry
	label string // "": the action's name
}

// none is the result of an action.
type none = struct{}

// NewAction is [NewFunc] for a function that returns nothing but an error:
//
//	var greet = processes.NewAction("greet", func(q *processes.Queue[string]) error { … })
//
//	err := greet.Start(ctx, queue).Wait()
func NewAction[A any](name string, fn func(A) error) *Action[A] {
	var run handler
	if fn != nil {
		run = handle(func(a A) (none, error) { return none{}, fn(a) })
	}
	return &Action[A]{entry: register(name, run, (*A)(nil), (*none)(nil))}
}

// Named is [Func.Named].
func (f *Action[A]) Named(label string) *Action[A] {
	return &Action[A]{entry: f.entry, label: label}
}

// Start is [Func.Start].
func (f *Action[A]) Start(ctx context.Context, a A) *Process {
	return startProcess(ctx, f.entry, f.label, &envelope[A]{a}, nil)
}
