package locks

import (
	"context"
	"fmt"
	"time"

	"github.com/petermattis/goid"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
)

// GIL is a lock that goroutines must hold to compute and give up to wait: the
// global interpreter lock of CPython. With it one sees why threads help there
// with input and output and not with computation. The zero value is free.
//
//	gil.Run(func() {          // a thread's whole life: it holds the lock …
//		for range n {
//			compute()
//			gil.Check()       // … and gives way where another waits …
//		}
//		gil.Sleep(nap)        // … and gives it up while it waits
//	})
//
// The rules are those of CPython's Python/ceval_gil.c: who waits for longer than
// the switch interval asks the holder to give way; the holder does so at the
// next place where it looks, hands the lock to the one that has waited longest,
// and queues up behind the others. Computation that never looks keeps the lock,
// as an extension in C does there.
type GIL struct {
	mu       Mutex
	since    time.Time     // when the holder got it; the holder's
	interval time.Duration // 0 is DefaultSwitchInterval
}

// DefaultSwitchInterval is how long a goroutine may compute while another waits,
// unless SetSwitchInterval says otherwise. It is CPython's.
const DefaultSwitchInterval = 5 * time.Millisecond

// NewGIL returns a free lock with a name for charts and messages.
func NewGIL(name string) *GIL { return &GIL{mu: Mutex{events: events.Lock{Name: name}}} }

// SetSwitchInterval sets how long a goroutine may compute while another waits:
// CPython's sys.setswitchinterval. Call it before the lock is used. It panics if d is
// zero or less: "locks: a switch interval of 0s; it must be longer than nothing".
func (g *GIL) SetSwitchInterval(d time.Duration) {
	if d <= 0 {
		panic(fmt.Sprintf("locks: a switch interval of %v; it must be longer than nothing", d))
	}
	g.interval = d
}

// Run calls f while it holds the lock, and gives it up however f ends. It may be
// called within Run.
func (g *GIL) Run(f func()) { g.run(nil, f) }

// RunContext is Run, but gives up waiting for the lock once ctx is done and
// returns its cause.
func (g *GIL) RunContext(ctx context.Context, f func()) error { return g.run(ctx, f) }

// RunTimeout is Run, but waits for the lock no longer than d. It reports whether
// f was called.
func (g *GIL) RunTimeout(d time.Duration, f func()) bool {
	ctx, cancel := context.WithTimeout(context.Background(), d)
	defer cancel()
	return g.TryRun(f) || g.run(ctx, f) == nil
}

// TryRun is Run if the lock is free. It reports whether f was called.
func (g *GIL) TryRun(f func()) bool {
	if !g.mine() {
		if !g.mu.TryLock() {
			return false
		}
		g.since = time.Now()
		defer g.mu.Unlock()
	}
	f()
	return true
}

func (g *GIL) run(ctx context.Context, f func()) error {
	if !g.mine() {
		if ctx == nil {
			g.mu.Lock()
		} else if err := g.mu.LockContext(ctx); err != nil {
			return err
		}
		g.since = time.Now()
		defer g.mu.Unlock()
	}
	f()
	return nil
}

// Wait gives the lock up while f runs, and takes it again however f ends: for
// whatever waits and does not compute. It panics outside Run: "locks: Wait of GIL
// python outside its Run; what computes must hold it".
func (g *GIL) Wait(f func()) {
	g.mustBeMine("Wait")
	g.mu.Unlock()
	defer g.takeBack()
	f()
}

// Sleep is time.Sleep without the lock. It panics outside Run.
func (g *GIL) Sleep(d time.Duration) { g.Wait(func() { time.Sleep(d) }) }

// Check gives way if another goroutine has waited for longer than the switch
// interval, and the caller has held the lock for as long. Call it in the loops
// of a computation: it takes nanoseconds. It panics outside Run.
func (g *GIL) Check() {
	g.mustBeMine("Check")
	if g.mu.state.Load()&contended == 0 {
		return
	}
	interval := g.interval
	if interval == 0 {
		interval = DefaultSwitchInterval
	}
	if time.Since(g.since) < interval || g.mu.queue.patience() < interval {
		return
	}
	g.mu.queue.order.Release()
	g.mu.events.Released()
	g.mu.unlockSlow(goid.Get(), true)
	g.takeBack()
}

// Name returns the name that the lock was given, or "".
func (g *GIL) Name() string { return g.mu.Name() }

// Holder returns the name of the goroutine that holds the lock, or "" if it is
// free.
func (g *GIL) Holder() string { return g.mu.Holder() }

// Waiting returns the names of the goroutines that wait to compute, in their
// order.
func (g *GIL) Waiting() []string { return g.mu.Waiting() }

// String tells who holds the lock and who waits for it.
func (g *GIL) String() string { return describe("GIL", g.Name(), heldBy(g.Holder()), g.Waiting()) }

func (g *GIL) takeBack() {
	g.mu.Lock()
	g.since = time.Now()
}

func (g *GIL) mine() bool { return g.mu.state.Load()>>1 == goid.Get() }

func (g *GIL) mustBeMine(what string) {
	if !g.mine() {
		panic(fmt.Sprintf("locks: %s of %s outside its Run; what computes must hold it", what, called("GIL", g.Name())))
	}
}
