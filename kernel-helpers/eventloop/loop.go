package eventloop

import (
	"fmt"
	"io"
	"iter"
	"os"
	"sync"
	"time"

	"github.com/petermattis/goid"
)

// Loop runs tasks, one at a time. [Run] makes it. Its methods and all that belongs
// to it may be used only by its tasks and callbacks, until Run returns; a use from
// elsewhere panics and says so. Names, and what is printed of a primitive, may be asked
// for after that, too.
type Loop struct {
	ready  waitlist // who gets a turn, in this order
	timers timers   // what becomes ready later
	alarms alarms   // timers to spare
	tasks  roll     // those that have not ended
	last   int32    // number of the task made last
	seq    int      // of the timer set last

	isReal bool
	now    time.Duration // on the loop's clock
	epoch  time.Time     // when the real clock said 0
	turnAt time.Duration // when the turn under way began, since epoch

	computed time.Duration  // by Compute in this turn
	slow     time.Duration  // see slow
	slowTold map[*task]bool // who was told to keep the loop for long

	body      iter.Seq[None]  // what a coroutine does: l.coroutine
	running   *task           // whose turn it is; nil: a callback's, or nobody's
	yield     func(None) bool // ends that turn
	errand    errand          // of the coroutine that is continued
	owner     int64           // the goroutine that may use the loop; 0: none any more
	goroutine int64           // the one that called Run

	threads sync.WaitGroup // what ToThread started
	outside int            // how many of these are waited for
	arrived mailbox        // those that are done

	isClosing bool
	failed    []*task // in order
	recorder  *recorder
	askedLine string // what a task answered
	stderr    io.Writer
}

// Option changes how a loop runs: see [RealTime].
type Option func(*Loop)

// RealTime has the loop wait in real time: a nap of a second takes a second, and what
// tasks compute counts, too.
func RealTime() Option { return func(l *Loop) { l.isReal = true } }

// Run runs main as the first task of a new loop and returns its error. When main
// has returned, the tasks that are left are cancelled, as asyncio.run does it, and
// Run returns once they and the threads of [ToThread] have ended. What other tasks
// failed with and nobody awaited is told on standard error, and so is who kept the
// loop from the others for a fifth of a second or more.
//
// If main panics Run panics, too, with a [*PanicError]. If no task can ever go on,
// Run panics with a [*DeadlockError] that says what each waits for.
func Run(main func(loop *Loop) error, options ...Option) error {
	return newLoop(options).run(main)
}

func newLoop(options []Option) *Loop {
	l := &Loop{epoch: time.Now(), slow: slow, stderr: os.Stderr}
	l.body = l.coroutine
	l.arrived.bell = make(chan struct{}, 1)
	for _, option := range options {
		option(l)
	}
	return l
}

func (l *Loop) run(main func(*Loop) error) error {
	l.goroutine = goid.Get()
	l.owner = l.goroutine
	defer l.close() // also if a task calls runtime.Goexit
	t := &l.Go("main", func() error { return main(l) }).task
	t.isAwaited = true
	if stuck := l.until(func() bool { return t.isDone }); stuck {
		err := l.deadlock()
		l.close()
		panic(err)
	}
	l.end()
	if p, ok := t.err.(*PanicError); ok {
		panic(p)
	}
	return t.err
}

// until gives turns until enough reports true. It returns early, with true, if
// nothing can run any more.
func (l *Loop) until(enough func() bool) (stuck bool) {
	for !enough() {
		l.collect()
		switch t := l.ready.pop(); {
		case t != nil && t.loop == nil: // a callback
			t.run()
			l.endTurn(nil)
		case t != nil:
			l.turn(t)
		case !l.idle():
			return true
		}
	}
	return false
}

// collect makes ready what has become due or arrived from a thread.
func (l *Loop) collect() {
	if l.outside > 0 {
		for _, w := range l.arrived.take() {
			l.outside--
			w.arrive()
		}
	}
	if l.isReal {
		l.now = l.turnAt
	}
	for len(l.timers) > 0 && l.timers[0].at <= l.now {
		l.timers.remove(0).ring()
	}
}

// idle lets time pass until something is due or arrives. It returns false if
// nothing ever will.
func (l *Loop) idle() bool {
	if len(l.timers) == 0 && l.outside == 0 {
		return false
	}
	if !l.isReal && l.outside == 0 {
		l.now = l.timers[0].at
		return true
	}
	// How long a thread takes is known only when it is done: meanwhile a
	// virtual clock keeps pace with the real one.
	var due <-chan time.Time
	if len(l.timers) > 0 {
		alarm := time.NewTimer(l.timers[0].at - l.now)
		defer alarm.Stop()
		due = alarm.C
	}
	began := time.Now()
	select {
	case <-due:
		if !l.isReal {
			l.now = l.timers[0].at // not a moment later: turns stay in order
		}
	case <-l.arrived.bell:
		if !l.isReal {
			l.now += time.Since(began)
			if len(l.timers) > 0 {
				l.now = min(l.now, l.timers[0].at)
			}
		}
	}
	l.turnAt = time.Since(l.epoch)
	return true
}

// Now returns the time on the loop's clock, which began at 0 when the loop did. In
// virtual time it does not pass during a turn, save by [Loop.Compute].
func (l *Loop) Now() time.Duration {
	l.check("Now")
	return l.clock()
}

func (l *Loop) clock() time.Duration {
	if l.isReal {
		return time.Since(l.epoch)
	}
	return l.now
}

// Compute keeps the loop for itself for d on the loop's clock, as a long
// computation or a call that blocks does: no other task gets a turn meanwhile. It
// computes nothing: a virtual clock goes forward by d, and in real time d passes. With
// d below 0 nothing happens.
func (l *Loop) Compute(d time.Duration) {
	l.check("Compute")
	switch {
	case l.isReal:
		time.Sleep(d)
	case d > 0:
		l.now = later(l.now, d)
		l.computed += d
	}
}

// CallSoon has f called when what is ready now has had its turn. The callback
// runs on the loop and cannot wait; to wait, start a task. If it panics, so does [Run].
func (l *Loop) CallSoon(f func()) {
	l.check("CallSoon")
	l.ready.add(callback(f))
}

// callback returns f as something that can have a turn: a task without a loop.
func callback(f func()) *task {
	return &task{run: func() error { f(); return nil }}
}

// tell says something that concerns the whole loop, on standard error.
func (l *Loop) tell(format string, args ...any) {
	fmt.Fprintf(l.stderr, "eventloop: "+format+"\n", args...)
}
