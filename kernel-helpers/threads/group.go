package threads

import (
	"sync"
	"sync/atomic"
)

// Group is a set of threads that are waited for together. The zero value is
// ready for use; it must not be copied after that.
type Group struct {
	threads sync.WaitGroup
	first   atomic.Pointer[Panic]
}

// Go starts a thread of the group that calls run. It may be called by threads of
// the group, too.
func (g *Group) Go(name string, run func()) {
	t := New(name, run)
	g.threads.Add(1)
	t.ended = g.threadEnded
	t.Start()
}

// Wait waits until every thread of the group has ended. If any panicked, Wait
// panics with the first such [*Panic], once all have ended. The group can be used
// again afterwards.
func (g *Group) Wait() {
	g.threads.Wait()
	if p := g.first.Swap(nil); p != nil {
		panic(p)
	}
}

func (g *Group) threadEnded(t *Thread) {
	if t.panic != nil {
		g.first.CompareAndSwap(nil, t.panic)
	}
	g.threads.Done()
}
