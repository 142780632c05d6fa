package processes

import "context"

// Process is a child process, which [Action.Start] or [Func.Start] has started. Its
// methods may be called by any goroutine.
type Process struct {
	name string
	pid  int
	done chan struct{}
	err  error // set before done is closed
}

// startProcess starts a process that calls e with the argument in an envelope and
// has its result put into another.
func startProcess(ctx context.Context, e *entry, label string, argument, result any) *Process {
	p := &Process{name: e.label(label), done: make(chan struct{})}
	child, request, err := startFor(ctx, p.name, e, argument)
	if err != nil {
		ended(p, err)
		return p
	}
	p.pid = child.pid
	go func() {
		child.request(request)
		err := child.answer(new(decoder), e.result(), result)
		child.conn.close()
		<-child.ended
		ended(p, err)
		wakePoller()
	}()
	return p
}

// startFor starts the child of a process with this name, and returns what it is to be told.
// No method of Process names the child's types: a program is compiled with what methods
// name, and those have a good part of the standard library behind them.
func startFor(ctx context.Context, name string, e *entry, argument any) (*child, message, error) {
	if err := e.check(); err != nil {
		return nil, message{}, err
	}
	request, err := new(encoder).encode(e.argument(), argument)
	if err != nil {
		return nil, message{}, e.errorf("its argument cannot travel to another process: %w", err)
	}
	request.last = true
	child, err := startChild(ctx, e, name)
	return child, request, err
}

// Name returns the label that the process prints under.
func (p *Process) Name() string { return p.name }

// Pid returns the system's number for the process, 0 if it could not be started.
// Once the process has ended, the number may be another's.
func (p *Process) Pid() int { return p.pid }

// Done returns a channel that is closed when Wait would return at once.
func (p *Process) Done() <-chan struct{} { return p.done }

// Wait waits until the process has ended and everything that it printed is shown.
// Its error is as for [Call.Wait].
func (p *Process) Wait() error {
	<-p.done
	return p.err
}

// ended is no method, which each Call would have, too.
func ended(p *Process, err error) {
	p.err = err
	close(p.done)
}
