package threads

import (
	"fmt"
	"runtime"
	"sync/atomic"

	"github.com/petermattis/goid"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
	"github.com/interleave-lab/interleave/kernel-helpers/internal/signal"
)

// Thread is a function that runs, or will run, beside others. Make it with [New],
// [Go], [Start] or [After]. Its methods may be called from any goroutine.
type Thread struct {
	name      string
	run       func()
	group     *Group        // nil if it has none
	panic     *PanicError   // what run ended with; read it after done
	done      signal.Signal // sent when run has ended
	number    uint64        // counts the threads that were started
	goroutine atomic.Int64  // 0 before it runs
	osThread  atomic.Int32  // of a pinned one
	state     atomic.Uint32
	joiners   joiners
	slot      int16 // where it stands among the living
	options   Option
}

// Option is a property of a thread; several are joined with |.
type Option uint8

const (
	// Daemon makes a thread one that [End] does not wait for: it ends with the
	// cell. Use it for what only accompanies others and may be cut off anywhere, a
	// heartbeat for instance.
	Daemon Option = 1 << iota

	// Pinned gives a thread an OS thread for itself: it runs there and nowhere
	// else, and no other goroutine does. Use it for what is bound to an OS thread,
	// such as its priority or a C library's state. Both end together.
	Pinned
)

// New returns a thread that will call run once it is started. A nil run panics in
// the thread, as a go statement's would.
func New(name string, run func(), options ...Option) *Thread {
	t := &Thread{name: name, run: run}
	for _, o := range options {
		t.options |= o
	}
	return t
}

// Go starts a thread that calls run: [New] and [Thread.Start] in one.
func Go(name string, run func(), options ...Option) *Thread {
	t := New(name, run, options...)
	t.Start()
	return t
}

// Runner is a thread type of one's own: a value with all that the thread needs,
// and what it does. In Python it is a class derived from threading.Thread.
type Runner interface{ Run() }

// Start starts a thread that calls r.Run.
func Start(name string, r Runner, options ...Option) *Thread {
	return Go(name, r.Run, options...)
}

// Name returns the name that the thread was given.
func (t *Thread) Name() string { return t.name }

// Start lets the thread run. It panics if the thread was started before: "threads:
// tea was started before; a thread runs once".
func (t *Thread) Start() {
	t.begin()
	go t.main()
}

// begin makes t one of the living. Its goroutine is about to start.
func (t *Thread) begin() {
	if !t.state.CompareAndSwap(uint32(NotStarted), uint32(Running)) {
		panic(fmt.Sprintf("threads: %s was started before; a thread runs once", t.name))
	}
	living.add(t)
}

// main is the thread's goroutine.
func (t *Thread) main() {
	t.goroutine.Store(goid.Get())
	runners.remember(t)
	events.Thread(t.name)
	defer t.end()
	if t.options&Pinned != 0 {
		runtime.LockOSThread() // for good, so that what run does to the OS thread ends with it
		t.osThread.Store(int32(OSThread()))
	}
	t.run()
}

// end is deferred by main: run has returned, panicked, or called runtime.Goexit.
func (t *Thread) end() {
	if v := recover(); v != nil {
		t.panic = newPanicError(t.name, v)
		if joined, kept := t.joiners.close(), t.group.keep(t.panic); !joined && !kept {
			t.panic.tell()
		}
	}
	t.finish()
}

// finish ends the thread for all who ask.
func (t *Thread) finish() {
	t.run = nil // and what it holds
	t.state.Store(uint32(Ended))
	living.remove(t)
	t.done.Send()
	if t.group != nil {
		t.group.ended()
	}
}
