package threads

import (
	"context"
	"sync"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/race"
)

// Group is a set of threads that are waited for together. The zero value is
// ready for use; it must not be copied after that. Like a sync.WaitGroup it is
// waited for from outside: a thread of the group that does so waits for itself,
// and so for ever.
type Group struct {
	order    race.Order
	mu       sync.Mutex // protects what follows; see lock
	alive    int
	waiting  int           // calls of Wait
	over     chan struct{} // closed when none is left; nil if nobody waits
	first    *PanicError   // that Wait has not panicked with
	promised bool          // nobody else was told of first: who waits does not leave without it
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
// panics with the first such [*PanicError], once all have ended. The group can be
// used again afterwards.
func (g *Group) Wait() { g.wait(nil) }

// WaitContext is Wait, but gives up once ctx is done and returns its cause. A
// context that is done already is an error even if no thread is left. The threads
// go on: nothing stops a goroutine from outside.
func (g *Group) WaitContext(ctx context.Context) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return g.wait(ctx)
}

// WaitTimeout is Wait, but waits no longer than d; with d zero or less it only
// looks. It reports whether every thread has ended.
func (g *Group) WaitTimeout(d time.Duration) bool {
	ctx, cancel := context.WithTimeout(context.Background(), d)
	defer cancel()
	return g.wait(ctx) == nil
}

func (g *Group) wait(ctx context.Context) error {
	var err error
	if over := g.enter(); over != nil {
		err = wait("", over, ctx) // a recording reads the group's name in the line
	}
	p := g.leave(err != nil)
	if p == nil && err != nil {
		return err
	}
	g.order.Acquire()
	if p != nil {
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

// keep keeps a thread's panic for Wait, if it is the first. It reports whether Wait
// panics with it as soon as the thread has ended.
//
//go:norace
func (g *Group) keep(p *PanicError) bool {
	if g == nil {
		return false
	}
	g.order.Release()
	g.lock()
	defer g.unlock()
	if g.first != nil {
		return false
	}
	g.first = p
	g.promised = g.waiting > 0 && g.alive == 1
	return g.promised
}

// ended tells that a thread has.
//
//go:norace
func (g *Group) ended() {
	g.order.Release()
	g.lock()
	defer g.unlock()
	g.alive--
	if g.alive == 0 && g.over != nil {
		close(g.over)
		g.over = nil
	}
}

// enter begins a wait for what is closed when no thread is left; nil if none is.
//
//go:norace
func (g *Group) enter() <-chan struct{} {
	g.lock()
	defer g.unlock()
	g.waiting++
	if g.alive > 0 && g.over == nil {
		g.over = make(chan struct{})
	}
	return g.over
}

// leave ends a wait, early if time is up. It returns what Wait is to panic with.
//
//go:norace
func (g *Group) leave(early bool) *PanicError {
	g.lock()
	defer g.unlock()
	g.waiting--
	if early && !g.promised {
		return nil
	}
	p := g.first
	g.first, g.promised = nil, false
	return p
}
