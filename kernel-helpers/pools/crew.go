package pools

import (
	"errors"
	"fmt"
	"sync"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
)

// crew is the workers of a pool, whatever its function's types.
type crew struct {
	size  int
	equip func(name string) tool // nil: the workers need nothing
	err   error                  // why it cannot work

	mu      sync.Mutex // protects what follows
	line    []task
	idle    []*member // the last to become idle at the end
	members int
	closed  bool
	over    chan struct{} // closed when the crew is closed and no member is left
}

// tool is what a worker needs besides its goroutine: a process.
type tool interface{ Close() }

// task is something for one worker to do.
type task func(tool)

// member is a worker.
type member struct {
	name  string
	tool  tool
	tasks chan task // holds one; where it waits while idle
}

// form is called once, first.
func (c *crew) form(size int, hasFunc bool, equip func(name string) tool) {
	c.size, c.equip, c.over = size, equip, make(chan struct{})
	switch {
	case size < 1:
		c.err = fmt.Errorf("pools: a pool of %d workers does nothing: give it at least one", size)
	case !hasFunc:
		c.err = errors.New("pools: the function is nil")
	}
}

// close lets the tasks that there are finish.
func (c *crew) close() {
	c.mu.Lock()
	if !c.closed {
		c.closed = true
		for _, m := range c.idle {
			close(m.tasks)
		}
		c.idle = nil
		if c.members == 0 {
			close(c.over)
		}
	}
	c.mu.Unlock()
	<-c.over
}

// give hands t to a worker that is idle or new, or puts it in line.
func (c *crew) give(t task) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch last := len(c.idle) - 1; {
	case c.err != nil:
		return c.err
	case c.closed:
		return ErrClosed
	case last >= 0:
		m := c.idle[last]
		c.idle = c.idle[:last]
		m.tasks <- t
		return nil
	}
	c.line = append(c.line, t)
	if c.members < c.size {
		c.members++
		m := &member{name: fmt.Sprint("worker ", c.members), tasks: make(chan task, 1)}
		if c.equip != nil {
			m.tool = c.equip(m.name)
		}
		go c.work(m)
	}
	return nil
}

// giveBack puts t in line again, even if the pool is closed. Only a task may do
// so: its worker is still there.
func (c *crew) giveBack(t task) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.line = append(c.line, t)
}

// work is the life of a worker.
func (c *crew) work(m *member) {
	retires := false
	defer func() {
		if !retires { // runtime.Goexit in a task has ended this goroutine
			go c.work(m)
		}
	}()
	for t := c.next(m); t != nil; t = c.next(m) {
		if m.tool == nil { // else a recording shows the process, not who waits for it
			events.Thread(m.name)
		}
		t(m.tool)
	}
	retires = true
	if m.tool != nil {
		m.tool.Close()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.members--; c.members == 0 {
		close(c.over)
	}
}

// next waits for a task. It returns nil when the pool is closed and none is left.
func (c *crew) next(m *member) task {
	c.mu.Lock()
	if len(c.line) > 0 {
		defer c.mu.Unlock()
		t := c.line[0]
		c.line[0] = nil
		c.line = c.line[1:]
		return t
	}
	if c.closed {
		c.mu.Unlock()
		return nil
	}
	c.idle = append(c.idle, m)
	c.mu.Unlock()
	return <-m.tasks
}
