package pools

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
	"github.com/interleave-lab/interleave/kernel-helpers/internal/signal"
)

// crew is the workers of a pool, whatever its function's types.
type crew struct {
	size   int
	equip  func(name string) tool // nil: the workers need nothing
	err    error                  // why it cannot work
	places chan struct{}          // one for each job in line; nil: as many as you like
	over   signal.Signal          // sent when the crew is closed and no member is left

	mu      sync.Mutex // protects what follows
	line    line
	maps    map[stopper]struct{} // the mappings under way
	idle    []*member            // the last to become idle at the end
	looking int                  // members that will look at the line again before they become idle
	members int
	closed  bool
}

// tool is what a worker needs besides its goroutine: a process.
type tool interface{ Close() }

// task is something for one worker to do.
type task interface {
	stopper
	// run is called again, on another goroutine, if it ends with runtime.Goexit.
	run(m *member)
}

// stopper is something that can be told not to begin, or to go no further.
type stopper interface{ stop(err error) }

// member is a worker.
type member struct {
	name string
	tool tool
	task task      // what it does
	call chan task // holds one; where it waits while idle
}

// form is called once, first.
func (c *crew) form(size int, hasFunc bool, equip func(name string) tool, options []Option) {
	c.size, c.equip = size, equip
	for _, o := range options {
		o(c)
	}
	switch {
	case size < 1:
		c.err = fmt.Errorf("pools: a pool of %d workers does nothing: give it at least one", size)
	case !hasFunc:
		c.err = errors.New("pools: the function is nil")
	}
}

// politeness is how often a worker without a task, or who waits for a result,
// lets others run before it goes to sleep, which takes longer than most tasks of
// those who are in a hurry. A recording is to see the wait.
const politeness = 2

// give hands t to a worker that is idle or new, or puts it in line.
func (c *crew) give(t task) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.err != nil {
		return c.err
	}
	if c.closed {
		return ErrClosed
	}
	c.line.push(t)
	if c.line.len() <= c.looking {
		return nil
	}
	if last := len(c.idle) - 1; last >= 0 {
		m := c.idle[last]
		c.idle = c.idle[:last]
		m.call <- c.line.pop()
		return nil
	}
	if c.members < c.size {
		c.hire()
	}
	return nil
}

// hire starts a member.
func (c *crew) hire() {
	c.members++
	m := &member{name: fmt.Sprint("worker ", c.members), call: make(chan task, 1)}
	if c.equip != nil {
		m.tool = c.equip(m.name)
	}
	go c.work(m)
}

// work is the life of a worker.
func (c *crew) work(m *member) {
	retires := false
	defer func() {
		if !retires { // runtime.Goexit in a task has ended this goroutine
			go c.work(m)
		}
	}()
	for m.task != nil || c.next(m) {
		if m.tool == nil { // else a recording shows the process, not who waits for it
			events.Thread(m.name)
		}
		m.task.run(m)
		m.task = nil
	}
	retires = true
	c.retire(m)
}

// next waits for a task. It reports false when the pool is closed and none is left.
func (c *crew) next(m *member) bool {
	c.mu.Lock()
	for i := 0; ; i++ {
		if c.line.len() > 0 {
			m.task = c.line.pop()
			c.mu.Unlock()
			return true
		}
		if c.closed {
			c.mu.Unlock()
			return false
		}
		if i == politeness || events.On() {
			break
		}
		c.looking++
		c.mu.Unlock()
		runtime.Gosched()
		c.mu.Lock()
		c.looking--
	}
	c.idle = append(c.idle, m)
	c.mu.Unlock()
	m.task = <-m.call
	return m.task != nil
}

func (c *crew) retire(m *member) {
	if m.tool != nil {
		m.tool.Close()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.members--; c.members == 0 {
		c.over.Send()
	}
}

// close takes no more tasks and sees to it that over is sent when those that there
// are have been done.
func (c *crew) close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return
	}
	c.closed = true
	for _, m := range c.idle {
		close(m.call)
	}
	c.idle = nil
	if c.members == 0 {
		c.over.Send()
	}
}

// stop drops what is in line and stops the mappings under way.
func (c *crew) stop(err error) {
	c.mu.Lock()
	var stoppers []stopper
	for c.line.len() > 0 {
		stoppers = append(stoppers, c.line.pop())
	}
	for m := range c.maps {
		stoppers = append(stoppers, m)
	}
	c.mu.Unlock()
	for _, s := range stoppers {
		s.stop(err)
	}
}

// reserve waits for a place in line until ctx is done. It reports false if none
// is needed.
func (c *crew) reserve(ctx context.Context) (reserved bool, err error) {
	if c.places == nil || c.err != nil {
		return false, nil
	}
	select {
	case c.places <- struct{}{}:
		return true, nil
	case <-ctx.Done():
		return false, context.Cause(ctx)
	}
}

// line is a queue of tasks.
type line struct {
	tasks []task
	head  int // of those before, none is left
}

func (l *line) len() int { return len(l.tasks) - l.head }

func (l *line) push(t task) {
	if l.head > 32 && l.head > len(l.tasks)/2 {
		n := copy(l.tasks, l.tasks[l.head:])
		clear(l.tasks[n:])
		l.tasks, l.head = l.tasks[:n], 0
	}
	l.tasks = append(l.tasks, t)
}

func (l *line) pop() task {
	t := l.tasks[l.head]
	l.tasks[l.head] = nil
	l.head++
	return t
}

// enter makes it known that a mapping is under way, until it leaves.
func (c *crew) enter(m stopper) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.maps == nil {
		c.maps = map[stopper]struct{}{}
	}
	c.maps[m] = struct{}{}
}

func (c *crew) leave(m stopper) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.maps, m)
}
