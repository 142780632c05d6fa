package processes

import (
	"context"
	"math"
	"runtime"
	"sync/atomic"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
)

// gate is where goroutines wait for a change of a segment: for a value, for room,
// for a permit. Of each process one goroutine at a time has the role to wait for
// other processes, first by looking again and again for a moment, then asleep,
// which costs a thread; the others wait for the role.
type gate struct {
	word   *atomic.Uint32 // shared: counts changes; the lowest bit says that somebody waits
	role   chan struct{}  // holds one
	credit atomic.Int32   // looking again and again is worth while; negative: not now
}

const (
	atMost     = 10 * time.Microsecond // how long to look
	maxCredit  = 8
	vainCost   = 2  // what looking in vain costs
	abstinence = 30 // how many times not to look when there is no credit left

	// forever is how long a sleeper sleeps whom others tell of every change, and of
	// every process that ends. A timer would be in vain, and would hide from whoever
	// looks on that nothing can happen any more.
	forever = math.MaxInt64
	// patience is after how long a sleeper looks whether a process has ended that
	// nobody tells of; impatience, when one is about to.
	patience   = 250 * time.Millisecond
	impatience = 5 * time.Millisecond
)

// await waits at g until try succeeds or fails, or ctx is done. ready is a cheap
// guess whether try would.
func (s *segment) await(ctx context.Context, g *gate, ready func() bool, try func() (done bool, err error)) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	select {
	case g.role <- struct{}{}:
	default:
		select {
		case g.role <- struct{}{}:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	defer func() { <-g.role }()

	alone, changed := s.company()
	if !alone && g.look(ready) {
		if done, err := try(); done || err != nil {
			return err
		}
	}
	if ctx.Done() != nil {
		stop := context.AfterFunc(ctx, func() { g.rouse() })
		defer stop()
	}
	for {
		nap := time.Duration(forever)
		// Before announce: who has told of a change since then, which another may have
		// used up meanwhile, has closed changed.
		alone, changed = s.company()
		seen := g.announce()
		if s.untold() {
			nap = patience
		}
		if alone && s.sweep() {
			// A child's child that has something in hand is about to end, too.
			alone, nap = false, impatience
		}
		if done, err := try(); done || err != nil {
			return err
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if alone {
			// Only this process can help, and the runtime knows whether it can: it
			// says so when all goroutines are asleep.
			select {
			case <-changed:
			case <-ctx.Done():
			}
			continue
		}
		began := time.Now()
		sleepOn(g.word, seen, nap)
		if time.Since(began) >= nap {
			s.sweep()
		}
	}
}

// look looks for a moment whether ready. Where another core is at work on it, that
// is much faster than to sleep; where there is none free, it is in the way. So it
// is left alone for a while after it has been in vain more often than not. It does
// not yield meanwhile: that would fill recordings.
func (g *gate) look(ready func() bool) bool {
	if runtime.NumCPU() == 1 {
		return false
	}
	credit := g.credit.Load()
	if credit < 0 {
		g.credit.Store(credit + 1)
		return false
	}
	for began := time.Now(); ; {
		for range 50 {
			if ready() {
				g.credit.Store(min(credit+1, maxCredit))
				return true
			}
		}
		if time.Since(began) > atMost {
			if credit -= vainCost; credit < 0 {
				credit = -abstinence
			}
			g.credit.Store(credit)
			return false
		}
	}
}

// announce says that somebody waits, and returns the word to sleep on. What is
// changed from now on is told.
func (g *gate) announce() uint32 {
	for {
		seen := g.word.Load()
		if seen&1 == 1 || g.word.CompareAndSwap(seen, seen|1) {
			return seen | 1
		}
	}
}

// tell lets those who wait at g look again, after a change of s. It wakes all,
// of each process one: the only one woken might end before it has looked.
func (s *segment) tell(g *gate) {
	if g.word.Load()&1 == 1 {
		events.Wake(s.id)
		if g.rouse() {
			s.stir()
		}
	}
	runtime.KeepAlive(s)
}

// shout wakes who sleeps, also those whom a process was about to wake when it ended:
// between the two steps of rouse nothing says any more that they sleep.
func (g *gate) shout() {
	for {
		seen := g.word.Load()
		if g.word.CompareAndSwap(seen, (seen|1)+1) {
			wakeAll(g.word)
			runtime.KeepAlive(g)
			return
		}
	}
}

// rouse wakes who sleeps, and reports whether anybody did.
func (g *gate) rouse() bool {
	for {
		seen := g.word.Load()
		if seen&1 == 0 {
			return false
		}
		if g.word.CompareAndSwap(seen, seen+1) { // the bit is gone, the count one more
			wakeAll(g.word)
			runtime.KeepAlive(g)
			return true
		}
	}
}
