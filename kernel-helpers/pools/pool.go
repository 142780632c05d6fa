package pools

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
	"github.com/interleave-lab/interleave/kernel-helpers/processes"
)

// ErrClosed is the error of tasks that are given to a pool after Close.
var ErrClosed = errors.New("pools: the pool is closed")

// Pool calls one function on a few workers. Its methods may be called from any
// goroutine. Workers start as they are needed and stay until Close; tasks that
// find no free worker wait in line.
type Pool[A, R any] struct {
	size int
	hire func(name string) worker[A, R]

	mu      sync.Mutex // protects what follows
	line    []task[A, R]
	idle    []*member[A, R] // the last to become idle at the end
	members int
	closed  bool
	over    chan struct{} // closed when the pool is closed and no member is left
}

// worker is what calls the function.
type worker[A, R any] struct {
	call func(context.Context, A) (R, error)
	quit func() // nil if nothing needs to be done
	lane bool   // a recording shows the goroutine; for a process it shows that
}

// task is something for one worker to do.
type task[A, R any] func(worker[A, R])

// member is a worker of a pool.
type member[A, R any] struct {
	worker[A, R]
	name  string
	tasks chan task[A, R] // holds one; where it waits while idle
}

// Threads returns a pool of n threads that call fn. It starts nothing yet, and may
// stand at package level. With n below one every task fails.
//
// A context ends the wait for a task, not the task: nothing stops a goroutine
// from outside.
func Threads[A, R any](n int, fn func(A) (R, error)) *Pool[A, R] {
	return newPool(n, func(string) worker[A, R] {
		call := func(_ context.Context, a A) (R, error) { return withPanic(fn, a) }
		return worker[A, R]{call: call, lane: true}
	})
}

// Processes returns a pool of n processes that call f, each of them for many
// tasks. It starts nothing yet, and may stand at package level. With n below one
// every task fails.
//
// When the context of a task is done while a process works on it, the process is
// killed and another takes its place.
func Processes[A, R any](n int, f *processes.Func[A, R]) *Pool[A, R] {
	return newPool(n, func(name string) worker[A, R] {
		w := f.Worker(name)
		return worker[A, R]{call: w.Call, quit: w.Close}
	})
}

func newPool[A, R any](n int, hire func(name string) worker[A, R]) *Pool[A, R] {
	return &Pool[A, R]{size: n, hire: hire, over: make(chan struct{})}
}

// Close waits until the tasks that the pool has are done and the workers have
// gone. A task must not call it: it would wait for itself. Closing twice is fine.
func (p *Pool[A, R]) Close() {
	p.mu.Lock()
	if !p.closed {
		p.closed = true
		for _, m := range p.idle {
			close(m.tasks)
		}
		p.idle = nil
		if p.members == 0 {
			close(p.over)
		}
	}
	p.mu.Unlock()
	<-p.over
}

// give hands t to a worker that is idle or new, or puts it in line.
func (p *Pool[A, R]) give(t task[A, R]) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch last := len(p.idle) - 1; {
	case p.size < 1:
		return fmt.Errorf("pools: a pool of %d workers does nothing: give it at least one", p.size)
	case p.closed:
		return ErrClosed
	case last >= 0:
		m := p.idle[last]
		p.idle = p.idle[:last]
		m.tasks <- t
		return nil
	}
	p.line = append(p.line, t)
	if p.members < p.size {
		p.members++
		name := fmt.Sprint("worker ", p.members)
		go p.work(&member[A, R]{worker: p.hire(name), name: name, tasks: make(chan task[A, R], 1)})
	}
	return nil
}

// giveBack puts t in line again, even if the pool is closed. Only a task may do
// so: its worker is still there.
func (p *Pool[A, R]) giveBack(t task[A, R]) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.line = append(p.line, t)
}

// work is the life of a worker.
func (p *Pool[A, R]) work(m *member[A, R]) {
	retires := false
	defer func() {
		if !retires { // runtime.Goexit in a task has ended this goroutine
			go p.work(m)
		}
	}()
	for t := p.next(m); t != nil; t = p.next(m) {
		if m.lane {
			events.Thread(m.name)
		}
		t(m.worker)
	}
	retires = true
	if m.quit != nil {
		m.quit()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.members--; p.members == 0 {
		close(p.over)
	}
}

// next waits for a task. It returns nil when the pool is closed and none is left.
func (p *Pool[A, R]) next(m *member[A, R]) task[A, R] {
	p.mu.Lock()
	if len(p.line) > 0 {
		defer p.mu.Unlock()
		t := p.line[0]
		p.line[0] = nil
		p.line = p.line[1:]
		return t
	}
	if p.closed {
		p.mu.Unlock()
		return nil
	}
	p.idle = append(p.idle, m)
	p.mu.Unlock()
	return <-m.tasks
}
