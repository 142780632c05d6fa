package waitfor

import (
	"fmt"
	"os"
	"runtime/trace"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/standstill"
)

// Patience is a wait's look at the whole program: once, when it has lasted for
// about a second. It sees deadlocks in which channels and package sync take part.
// A recording has its own watchdog.
type Patience struct {
	timer *time.Timer
	ended bool
}

// patience is how long a wait lasts before the look. There is one: while a timer
// runs, Go does not notice that nothing can run any more.
const patience = 900 * time.Millisecond

// looking is how many waits have their look before them. Only the last looks: the
// timers of the others would be what the program seems to wait for.
var looking atomic.Int32

// NewPatience starts one. Receive from C, and then call Look.
func NewPatience() *Patience {
	if trace.IsEnabled() {
		return &Patience{ended: true}
	}
	looking.Add(1)
	return &Patience{timer: time.NewTimer(patience)}
}

// C tells when the time has come.
func (p *Patience) C() <-chan time.Time {
	if p.timer == nil {
		return nil
	}
	return p.timer.C
}

// Stop ends it. It may be called more than once.
func (p *Patience) Stop() (last bool) {
	if p.ended {
		return false
	}
	p.ended = true
	p.timer.Stop()
	return looking.Add(-1) == 0
}

var look sync.Mutex

// Look ends the program if all of its goroutines are blocked on each other and
// nothing can wake one, and says who waits for what. It cannot tell for sure on
// other systems than Linux, and leaves it to Go.
func (p *Patience) Look() {
	if !p.Stop() || trace.IsEnabled() || standstill.InBubble() {
		return
	}
	look.Lock()
	defer look.Unlock()
	if !hopeless() {
		return
	}
	dump, _ := standstill.Stacks()
	fmt.Fprint(os.Stderr, "Nothing can run any more:\n  ", strings.Join(allWaits(dump), "\n  "),
		"\nMend what they wait for, then run the cell again.\n")
	os.Exit(2)
}

// hopeless reports whether nothing will ever happen again. On a busy machine it
// takes a few looks: the runtime itself may just have had something to do.
func hopeless() bool {
	const looks, pause = 5, 10 * time.Millisecond
	for range looks {
		switch {
		case !standstill.Idle():
			time.Sleep(pause)
		case !standstill.Blocked():
			return false
		case standstill.Ask(time.Second) == standstill.Hopeless:
			return true
		}
	}
	return false
}

// allWaits tells what each goroutine waits for.
func allWaits(dump string) []string {
	places := allPlaces(dump)
	table.Lock()
	defer table.Unlock()
	var waits []string
	for stack := range strings.SplitSeq(dump, "\n\n") {
		id, state := header(stack)
		at := places[id]
		if !at.line.Known() {
			continue // a helper's own, or the runtime's
		}
		if w := table.waits[id]; w != nil {
			waits = append(waits, w.tell(places))
		} else if at.method != "" {
			waits = append(waits, places.name(id)+" waits for "+at.call()+" to return, at "+at.line.String())
		} else if what := blockedOn[state]; what != "" {
			waits = append(waits, places.name(id)+" waits for "+what+", at "+at.line.String())
		}
	}
	return waits
}

// tell tells of a wait and of those who hold what is waited for.
func (w *Wait) tell(places places) string {
	holders, _ := w.Holders()
	e := w.edge(0, places)
	s := e.Waiter + " waits for " + e.Lock
	names := make([]string, len(holders))
	for i, holder := range holders {
		names[i] = places.name(holder)
	}
	switch names := slices.Compact(names); len(names) {
	case 0:
	case 1:
		s += ", which " + names[0] + " holds"
	default:
		s += ", which " + strings.Join(names, ", ") + " hold"
	}
	if e.Line != "" {
		s += ", at " + e.Line
	}
	return s
}

// blockedOn says what a goroutine waits for that is in a state, as a stack dump
// calls it.
var blockedOn = map[string]string{
	"chan receive":            "a value from a channel",
	"chan receive (nil chan)": "a value from a channel that is nil",
	"chan send":               "a receiver on a channel",
	"chan send (nil chan)":    "a receiver on a channel that is nil",
	"select":                  "the first of several channels",
	"select (no cases)":       "nothing: it can never go on",
	"semacquire":              "package sync",
	"sync.Cond.Wait":          "a signal of a sync.Cond",
	"sync.Mutex.Lock":         "a sync.Mutex",
	"sync.RWMutex.Lock":       "a sync.RWMutex",
	"sync.RWMutex.RLock":      "a sync.RWMutex",
	"sync.WaitGroup.Wait":     "all of a group",
}
