// Package threads runs functions in threads of execution that have names, can be
// waited for, and carry their panics to whoever waits.
//
// A thread is a goroutine. Use a go statement and sync.WaitGroup in a program;
// use threads where a name is worth having, as package timeline draws it, or
// where a panic in one thread should not end the whole program.
package threads

import (
	"fmt"
	"os"
	"sync/atomic"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
)

// Thread is a function that runs, or will run, beside others. Make it with [New]
// or [Go]. Its methods may be called from any goroutine.
type Thread struct {
	name  string
	run   func()
	state atomic.Uint32
	done  chan struct{} // closed when run has ended; nil if not ours to wait for
	panic *Panic        // what run ended with; read it after done
	ended func(*Thread) // called last; nil if nobody asks
}

const (
	created = iota
	started
)

// New returns a thread that will call run. Any value with a method of no
// arguments can be a thread: New(w.Name, w.Run).
func New(name string, run func()) *Thread {
	return &Thread{name: name, run: run, done: make(chan struct{})}
}

// Go starts a thread that calls run.
func Go(name string, run func()) *Thread {
	t := New(name, run)
	t.Start()
	return t
}

// Name returns the name that the thread was given.
func (t *Thread) Name() string { return t.name }

// Start lets the thread run. It panics if the thread was started before: a
// thread runs once.
func (t *Thread) Start() {
	if t.done == nil || !t.state.CompareAndSwap(created, started) {
		panic(fmt.Sprintf("threads: %s was started before; a thread runs once", t.name))
	}
	go t.main()
}

// Join waits until the thread has ended. If the thread panicked, Join panics with
// a [*Panic] that tells what happened and where. It panics, too, rather than wait
// for ever: if the thread was not started, or if it joins itself.
func (t *Thread) Join() {
	switch {
	case t.done == nil:
		panic(fmt.Sprintf("threads: %s was not made by this package and cannot be joined", t.name))
	case t.state.Load() == created:
		panic(fmt.Sprintf("threads: Join of %s, which was not started", t.name))
	case Current() == t:
		panic(fmt.Sprintf("threads: %s cannot join itself", t.name))
	}
	<-t.done
	if t.panic != nil {
		panic(t.panic)
	}
}

// Done returns a channel that is closed when the thread has ended, for use in a
// select.
func (t *Thread) Done() <-chan struct{} { return t.done }

// main is the thread's goroutine.
func (t *Thread) main() {
	events.Thread(t.name)
	id := register(t)
	defer func() {
		forget(id)
		close(t.done)
		if t.ended != nil {
			t.ended(t)
		}
	}()
	t.panic = catch(t.name, t.run)
	if t.panic != nil {
		// Join may never be called, and a panic must not pass unseen.
		fmt.Fprintf(os.Stderr, "thread %s panicked: %v\n", t.name, t.panic.Value)
	}
}
