package threads

import (
	"context"
	"fmt"
	"runtime"
	"time"

	"github.com/petermattis/goid"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
)

// Join waits until the thread has ended. If the thread panicked, Join panics with
// a [*PanicError] that tells what happened and where; so does every later Join.
//
// It panics, too, rather than wait for ever: if the thread was not started
// ("threads: Join of tea, which was not started"), joins itself ("threads: tea
// cannot join itself"), or is none of this package ("threads: main was not made by
// this package and cannot be joined").
func (t *Thread) Join() { t.join(nil) }

// JoinContext is Join, but gives up once ctx is done and returns its cause. A
// context that is done already is an error even if the thread has ended. The thread
// goes on: nothing stops a goroutine from outside.
func (t *Thread) JoinContext(ctx context.Context) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return t.join(ctx)
}

// JoinTimeout is Join, but waits no longer than d; with d zero or less it only
// looks. It reports whether the thread has ended.
func (t *Thread) JoinTimeout(d time.Duration) bool {
	ctx, cancel := context.WithTimeout(context.Background(), d)
	defer cancel()
	return t.join(ctx) == nil
}

// Done returns a channel that is closed when the thread has ended, for use in a
// select. It tells of no panic: Join does. The channel is nil, and so never ready,
// for a thread that this package did not start (see [Current]).
func (t *Thread) Done() <-chan struct{} {
	if t.state.Load() == foreign {
		return nil
	}
	return t.done.Channel()
}

// politeness is how often a join lets others run before it goes to sleep, which
// takes longer than a short thread does. A recording is to see the wait.
const politeness = 2

// join waits as long as ctx allows; a nil one does so for ever.
func (t *Thread) join(ctx context.Context) error {
	switch state := t.state.Load(); {
	case state == foreign:
		panic(fmt.Sprintf("threads: %s was not made by this package and cannot be joined", t.name))
	case state == uint32(NotStarted):
		panic(fmt.Sprintf("threads: Join of %s, which was not started", t.name))
	case t.goroutine.Load() == goid.Get():
		panic(fmt.Sprintf("threads: %s cannot join itself", t.name))
	}
	t.joiners.enter()
	for i := 0; i < politeness && !t.done.Sent() && !events.On(); i++ {
		runtime.Gosched()
	}
	if !t.done.Sent() {
		err := wait(t.name, t.done.Channel(), ctx)
		if err != nil && t.joiners.leave() {
			return err
		}
		<-t.done.Channel()
	}
	if t.panic != nil {
		panic(t.panic)
	}
	return nil
}

// wait waits until over is closed, or ctx is done. Whatever is over by then
// counts, even if time is up as well. A recording is told which thread it is for,
// unless name is "".
func wait(name string, over <-chan struct{}, ctx context.Context) error {
	if name != "" && events.On() {
		thread := events.NewLock("thread", name)
		thread.Want()
		defer thread.Quit() // nobody holds a thread
	}
	if ctx == nil {
		<-over
		return nil
	}
	select {
	case <-over:
		return nil
	case <-ctx.Done():
	}
	select {
	case <-over:
		return nil
	default:
		return context.Cause(ctx)
	}
}
