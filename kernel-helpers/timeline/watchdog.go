package timeline

import (
	"fmt"
	"os"
	"runtime/metrics"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
)

// watchdog notices that nothing can run any more. Go does that itself, but not
// while a trace runs: the tracer's own timer might wake somebody.
//
// If all goroutines are blocked, and on nothing but each other, and none has run
// between two looks, it stops the tracer and asks the system whether the program
// waits for a timer or for input. If so it was wrong, the tape goes on in a new
// segment and nobody notices. If not, it draws what there was and ends, and Go's
// own report follows.
type watchdog struct {
	quit, done chan struct{}
}

const (
	watchInterval = 250 * time.Millisecond
	quietLooks    = 2 // in a row, before goroutines are looked at one by one

	// tracersTimer is how often the tracer wakes up. The second look comes just
	// before: the runtime may go on waiting for a timer that was stopped, and
	// then it is soon known which one that was.
	tracersTimer = time.Second
	secondLook   = tracersTimer - 50*time.Millisecond
)

func newWatchdog() *watchdog {
	w := &watchdog{quit: make(chan struct{}), done: make(chan struct{})}
	go w.run()
	return w
}

// end stops the watchdog and waits until it is gone.
func (w *watchdog) end() {
	close(w.quit)
	<-w.done
}

func (w *watchdog) run() {
	defer close(w.done)
	quiet := 0
	interval := watchInterval
	for {
		// One timer at a time: none of ours may run while the system is asked.
		select {
		case <-w.quit:
			return
		case <-time.After(interval):
		}
		second := interval == secondLook
		interval = watchInterval
		if !idle() {
			quiet = 0
			continue
		}
		if quiet++; quiet < quietLooks && !second {
			continue
		}
		quiet = 0
		if !blockedOnEachOther() {
			continue
		}
		if w.look(second) {
			return
		}
		if !second {
			interval = secondLook
		}
	}
}

// look cuts the tape. If it is the second look at a program whose goroutines are
// all blocked, and none has run since the first, it finds out whether one ever
// will, and ends all recordings if not. It reports whether the watchdog's work
// is done.
func (w *watchdog) look(second bool) (done bool) {
	tape.Lock()
	defer tape.Unlock()
	if tape.watch != w {
		return true // the recordings ended meanwhile
	}
	stop()
	if !second || anyRan(tape.segments[len(tape.segments)-1].Bytes()) {
		return roll() != nil
	}
	outlook := prospects(tape.rolled.Add(tracersTimer))
	if outlook == hopeful {
		return roll() != nil
	}
	for _, t := range tape.takes {
		t.result = build(contents(tape.segments), events.Children(), t.number)
		t.result.stall()
	}
	outer := tape.takes[0]
	if err := outer.result.Show(outer.title); err != nil {
		fmt.Fprintln(os.Stderr, "timeline: cannot show the recording:", err)
	}
	fmt.Fprint(os.Stderr, outer.result.stallReport())
	if outlook == hopeless && linkedWithC() {
		fmt.Fprintln(os.Stderr, "fatal error: all goroutines are asleep - deadlock!")
		os.Exit(2)
	}
	return true
}

// prospect is whether a program in which all goroutines are blocked can go on.
type prospect int

const (
	hopeless  prospect = iota
	hopeful            // it waits for a timer or for input
	uncertain          // the system does not tell; if it does go on, its recording ended early
)

// idle reports whether no goroutine but the caller's has anything to do. It is
// cheap, and may be wrong.
func idle() bool {
	now := []metrics.Sample{
		{Name: "/sched/goroutines/running:goroutines"},
		{Name: "/sched/goroutines/runnable:goroutines"},
		{Name: "/sched/goroutines/not-in-go:goroutines"},
	}
	metrics.Read(now)
	return now[0].Value.Uint64() <= 1 && now[1].Value.Uint64() == 0 && now[2].Value.Uint64() == 0
}
