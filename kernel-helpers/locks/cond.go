package locks

import (
	"context"
	"sync"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
)

// Cond is a condition variable with the rules of [sync.Cond], the monitors of
// Mesa (B. W. Lampson and D. D. Redell, Experience with Processes and Monitors in
// Mesa, CACM 23, 1980): goroutines that hold L wait until another says that
// something has changed, and then look again whether it is what they wait for.
//
//	cond.With(func() {
//		cond.WaitFor(func() bool { return len(items) > 0 })
//		item = items[0]
//		…
//	})
//
// In Go a channel often does the same with less to get wrong.
type Cond struct {
	L sync.Locker // held while the condition is looked at or changed

	queue  queue
	events events.Lock
}

// NewCond returns a condition of what l protects, a [*Mutex] for instance, with a
// name for charts and messages. Without a lock its use panics: "locks: Wait of Cond
// filled, which has no lock; make it with NewCond".
func NewCond(name string, l sync.Locker) *Cond {
	return &Cond{L: l, events: events.Lock{Name: name}}
}

// Wait gives L up, waits until it is signalled, and takes L again. It panics as
// Unlock of L does if L is not locked.
func (c *Cond) Wait() { c.wait(nil) }

// WaitContext is Wait, but gives up once ctx is done and returns its cause; L is
// taken again all the same.
func (c *Cond) WaitContext(ctx context.Context) error {
	if err := done(ctx); err != nil {
		return err
	}
	return c.wait(ctx)
}

// WaitTimeout is Wait, but gives up after d; L is taken again all the same, which
// may take longer. It reports whether it was signalled.
func (c *Cond) WaitTimeout(d time.Duration) bool {
	return within(d, func() bool { return false }, c.WaitContext)
}

// WaitFor waits until condition, which is called with L held, returns true:
// Python's wait_for, and the loop around Wait that sync.Cond asks for.
func (c *Cond) WaitFor(condition func() bool) {
	for !condition() {
		c.Wait()
	}
}

// WaitForContext is WaitFor, but gives up once ctx is done and returns its cause,
// unless the condition is true then. Like WaitFor it returns with L taken.
func (c *Cond) WaitForContext(ctx context.Context, condition func() bool) error {
	for !condition() {
		if err := c.WaitContext(ctx); err != nil {
			if condition() {
				return nil // it came true while L was taken again
			}
			return err
		}
	}
	return nil
}

// WaitForTimeout is WaitFor, but gives up after d. It reports whether the
// condition is true.
func (c *Cond) WaitForTimeout(d time.Duration, condition func() bool) bool {
	return within(d, condition, func(ctx context.Context) error { return c.WaitForContext(ctx, condition) })
}

// Signal lets the goroutine go on that has waited longest, if any does. The caller
// may hold L, but need not.
//
//go:norace
func (c *Cond) Signal() {
	c.queue.order.Release()
	c.queue.lock()
	defer c.queue.unlock()
	c.queue.pop(true)
}

// Broadcast lets all who wait go on. The caller may hold L, but need not.
//
//go:norace
func (c *Cond) Broadcast() {
	c.queue.order.Release()
	c.queue.lock()
	defer c.queue.unlock()
	for c.queue.pop(true) != nil {
	}
}

// With calls f while it holds L, and gives it up however f ends.
func (c *Cond) With(f func()) {
	c.mustHaveL("With")
	c.L.Lock()
	defer c.L.Unlock()
	f()
}

// Name returns the name that the condition was given, or "".
func (c *Cond) Name() string { return c.events.Name }

// Waiting returns the names of the goroutines that wait, in their order.
func (c *Cond) Waiting() []string { return c.queue.names() }

// String tells who waits.
func (c *Cond) String() string {
	waiting, state := c.Waiting(), ""
	if len(waiting) == 0 {
		state = "nobody waits"
	}
	return describe("Cond", c.Name(), state, waiting)
}

//go:norace
func (c *Cond) wait(ctx context.Context) error {
	c.mustHaveL("Wait")
	c.queue.lock()
	is(&c.events, "condition", false)
	w := c.queue.join() // before L is given up: no signal is missed
	c.queue.unlock()
	takeBack := c.letGo(w)
	c.events.Want()
	err := c.queue.wait(w, c, ctx)
	c.queue.order.Acquire()
	c.events.Quit() // nobody holds a condition
	takeBack()
	return err
}

// letGo gives L up, wholly if it is re-entrant. If it is not the caller's to give
// up, it panics and w no longer waits.
func (c *Cond) letGo(w *waiter) (takeBack func()) {
	unlocked := false
	defer func() {
		if !unlocked {
			c.queue.quit(w, c)
		}
	}()
	if r, ok := c.L.(*RMutex); ok {
		depth := r.letGo()
		unlocked = true
		return func() { r.takeBack(depth) }
	}
	c.L.Unlock()
	unlocked = true
	return c.L.Lock
}

func (c *Cond) mustHaveL(what string) {
	if c.L == nil {
		panic("locks: " + what + " of " + called("Cond", c.Name()) + ", which has no lock; make it with NewCond")
	}
}

func (c *Cond) lane() *events.Lock { return &c.events }

func (c *Cond) holders() (goroutines []int64, proof bool) { return nil, false }

func (c *Cond) left() {}
