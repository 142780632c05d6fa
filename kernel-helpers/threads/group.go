package threads

import (
	"context"
	"sync"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/race"
)

// Group is a set of threads that are waited for together. The zero value is
// ready for use; it must not be copied after that.
type Group struct {
	order race.Order
	mu    sync.Mutex // protects what follows; see lock
	alive int
	over  chan struct{} // closed when none is left; nil if nobody waits
	first *Panic
}

// Go starts a thread of the group that calls run. It may be called by threads of
// the group, too.
func (g *Group) Go(name string, run func(), options ...Option) {
	t := New(name, run, options...)
	t.group = g
	g.add()
	t.Start()
}

// Wait waits until every thread of the group has ended. If any panicked, Wait
// panics with the first such [*Panic], once all have ended. The group can be used
// again afterwards.
func (g *Group) Wait() { g.wait(nil) }

// WaitContext is Wait, but gives up once ctx is done and returns its cause. A
// context that is done already is an error even if no thread is left.
func (g *Group) WaitContext(ctx context.Context) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return g.wait(ctx)
}

// WaitTimeout is Wait, but waits no longer than d. It reports whether every
// thread has ended.
func (g *Group) WaitTimeout(d time.Duration) bool {
	ctx, cancel := context.WithTimeout(context.Background(), d)
	defer cancel()
	return g.wait(ctx) == nil
}

func (g *Group) wait(ctx context.Context) error {
	if over := g.end(); over != nil {
		if err := wait("", over, ctx); err != nil { // a recording reads the group's name in the line
			return err
		}
	}
	g.order.Acquire()
	if p := g.takePanic(); p != nil {
		panic(p)
	}
	return nil
}

// lock locks the group, which the race detector does not see: threads that one
// group starts and ends are in no order. What is protected is for functions that
// are go:norace; the order is what the detector is told.
func (g *Group) lock() {
	race.Hide()
	g.mu.Lock()
}

func (g *Group) unlock() {
	g.mu.Unlock()
	race.Unhide()
}

//go:norace
func (g *Group) add() {
	g.lock()
	g.alive++
	g.unlock()
}

// ended tells that t has.
//
//go:norace
func (g *Group) ended(t *Thread) {
	g.order.Release()
	g.lock()
	defer g.unlock()
	if g.first == nil {
		g.first = t.panic
	}
	g.alive--
	if g.alive == 0 && g.over != nil {
		close(g.over)
		g.over = nil
	}
}

// end returns what is closed when no thread is left, or nil if none is.
//
//go:norace
func (g *Group) end() <-chan struct{} {
	g.lock()
	defer g.unlock()
	if g.alive > 0 && g.over == nil {
		g.over = make(chan struct{})
	}
	return g.over
}

//go:norace
func (g *Group) takePanic() *Panic {
	g.lock()
	defer g.unlock()
	p := g.first
	g.first = nil
	return p
}
