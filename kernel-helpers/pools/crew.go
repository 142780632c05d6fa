package pools

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
	"github.com/interleave-lab/interleave/kernel-helpers/internal/race"
	"github.com/interleave-lab/interleave/kernel-helpers/internal/signal"
	"github.com/interleave-lab/interleave/kernel-helpers/threads"
)

// crew is the workers of a pool, whatever its function's types.
type crew struct {
	size   int
	equip  func(name string) tool // nil: the workers need nothing
	err    error                  // why it cannot work
	places chan struct{}          // one for each job in line; nil: as many as you like
	over   signal.Signal          // sent when the crew is closed and no member is left
	given  race.Order             // of who gives a task and who does it
	done   race.Order             // of tasks and the end of the crew

	mu      sync.Mutex // protects what follows; see lock
	line    line
	idle    []*member // the last to become idle at the end
	looking int       // members that will look at the line again before they become idle
	members int
	closed  bool

	othersMu sync.Mutex           // protects what follows
	maps     map[stopper]struct{} // the mappings under way
	hired    []*member
}

// lock locks the crew, which the race detector does not see: tasks that workers
// take one after another are in no order. What is protected is for functions that
// are go:norace; given and done are what the detector is told.
func (c *crew) lock() {
	race.Hide()
	c.mu.Lock()
}

func (c *crew) unlock() {
	c.mu.Unlock()
	race.Unhide()
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
	name   string
	tool   tool
	thread *threads.Thread // nil if it has a tool
	task   task            // what it does
	call   chan task       // holds one, nil to retire; where it waits while idle
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
	if c.err != nil {
		return c.err
	}
	c.given.Release()
	hired, err := c.push(t)
	if hired > 0 {
		m := &member{name: fmt.Sprint("worker ", hired), call: make(chan task, 1)}
		if c.equip != nil {
			m.tool = c.equip(m.name)
		}
		c.othersMu.Lock()
		c.hired = append(c.hired, m)
		c.othersMu.Unlock()
		c.start(m)
	}
	return err
}

// start starts a worker. One without a process is a thread: locks and Current know
// its name. A pool that is not closed ends with the cell.
func (c *crew) start(m *member) {
	if m.tool == nil {
		t := threads.New(m.name, func() { c.work(m) }, threads.Daemon)
		c.othersMu.Lock()
		m.thread = t
		c.othersMu.Unlock()
		t.Start()
	} else {
		go c.work(m)
	}
}

// push puts t in line and wakes a worker for it, or returns the number of one that
// is to be hired.
//
//go:norace
func (c *crew) push(t task) (hired int, err error) {
	c.lock()
	defer c.unlock()
	if c.closed {
		return 0, ErrClosed
	}
	c.line.push(t)
	if c.line.len() <= c.looking {
		return 0, nil
	}
	if last := len(c.idle) - 1; last >= 0 {
		m := c.idle[last]
		c.idle = c.idle[:last]
		m.call <- c.line.pop()
		return 0, nil
	}
	if c.members < c.size {
		c.members++
		return c.members, nil
	}
	return 0, nil
}

// work is the life of a worker.
func (c *crew) work(m *member) {
	retires := false
	defer func() {
		if !retires { // runtime.Goexit in a task has ended this goroutine
			c.start(m)
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
	for i := 0; ; i++ {
		patient := i == politeness || events.On()
		t, over := c.pop(m, i > 0, patient)
		switch {
		case over:
			return false
		case t == nil && !patient:
			runtime.Gosched()
			continue
		case t == nil:
			t = <-m.call
		}
		c.given.Acquire()
		m.task = t
		return t != nil
	}
}

// pop takes the first task in line. If there is none it makes m idle, if m is
// patient, or one that looks again. It reports over if there will be none.
//
//go:norace
func (c *crew) pop(m *member, looked, patient bool) (t task, over bool) {
	c.lock()
	defer c.unlock()
	if looked {
		c.looking--
	}
	switch {
	case c.line.len() > 0:
		return c.line.pop(), false
	case c.closed:
		return nil, true
	case patient:
		c.idle = append(c.idle, m)
	default:
		c.looking++
	}
	return nil, false
}

func (c *crew) retire(m *member) {
	if m.tool != nil {
		m.tool.Close()
	}
	c.done.Release()
	if c.leave() {
		c.over.Send()
	}
}

// leave reports whether the last member has left.
//
//go:norace
func (c *crew) leave() (last bool) {
	c.lock()
	defer c.unlock()
	c.members--
	return c.members == 0
}

// close takes no more tasks and sees to it that over is sent when those that there
// are have been done.
func (c *crew) close() {
	if c.dismiss() {
		c.over.Send()
	}
}

// dismiss lets idle members go and reports whether it was called first and there
// is no member.
//
//go:norace
func (c *crew) dismiss() (over bool) {
	c.lock()
	defer c.unlock()
	if c.closed {
		return false
	}
	c.closed = true
	for _, m := range c.idle {
		m.call <- nil
	}
	c.idle = nil
	return c.members == 0
}

// mustNotWork panics if the caller is a worker, which op would wait for.
func (c *crew) mustNotWork(op string) {
	me := threads.Current()
	c.othersMu.Lock()
	defer c.othersMu.Unlock()
	for _, m := range c.hired {
		if m.thread == me {
			panic(fmt.Sprintf("pools: %s in a task of the pool would wait for itself; call it where the pool was made", op))
		}
	}
}

// await waits until the workers of a closed crew have gone, or ctx is done.
func (c *crew) await(ctx context.Context) error {
	select {
	case <-c.over.Channel():
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	c.done.Acquire()
	c.othersMu.Lock()
	defer c.othersMu.Unlock()
	for _, m := range c.hired {
		if m.thread != nil {
			m.thread.Join() // it has said its last word, and is about to end
		}
	}
	c.hired = nil
	return nil
}

// stop drops what is in line and stops the mappings under way.
func (c *crew) stop(err error) {
	dropped := c.drop()
	c.given.Acquire()
	for _, t := range dropped {
		t.stop(err)
	}
	c.othersMu.Lock()
	defer c.othersMu.Unlock()
	for m := range c.maps {
		m.stop(err)
	}
}

// drop empties the line.
//
//go:norace
func (c *crew) drop() []task {
	c.lock()
	defer c.unlock()
	dropped := c.line.tasks[c.line.head:]
	c.line = line{}
	return dropped
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

// vacate gives a place in line back.
func (c *crew) vacate() {
	race.Hide() // the one end of a channel is enough
	defer race.Unhide()
	<-c.places
}

// begin makes it known that a mapping is under way, until end.
func (c *crew) begin(m stopper) {
	c.othersMu.Lock()
	defer c.othersMu.Unlock()
	if c.maps == nil {
		c.maps = map[stopper]struct{}{}
	}
	c.maps[m] = struct{}{}
}

func (c *crew) end(m stopper) {
	c.othersMu.Lock()
	defer c.othersMu.Unlock()
	delete(c.maps, m)
}

// line is a queue of tasks.
type line struct {
	tasks []task
	head  int // of those before, none is left
}

//go:norace
func (l *line) len() int { return len(l.tasks) - l.head }

//go:norace
func (l *line) push(t task) {
	if l.head > 32 && l.head > len(l.tasks)/2 {
		n := l.len()
		for i, t := range l.tasks[l.head:] { // copy tells the race detector, norace or not
			l.tasks[i] = t
		}
		clear(l.tasks[n:])
		l.tasks, l.head = l.tasks[:n], 0
	}
	l.tasks = append(l.tasks, t)
}

//go:norace
func (l *line) pop() task {
	t := l.tasks[l.head]
	l.tasks[l.head] = nil
	l.head++
	return t
}
