package display

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"time"
)

// interval is the least time between two updates of one output. Jupyter's server
// drops output that comes much faster, and eyes see no more.
const interval = time.Second / 20

// Live is one output that is updated in place: a counter, a chart that grows.
// Several goroutines may update it.
//
//	live := display.NewLive()
//	defer live.Close()
//	for i := range 1000 {
//		live.Update(display.Bundle{"text/plain": fmt.Sprint(i)})
//	}
type Live struct {
	id string

	mu      sync.Mutex // protects all below
	sent    time.Time
	pending Bundle // what the timer will show, if not nil
	timer   *time.Timer
	err     error // of the timer, for the next call
}

// NewLive returns an output that appears with its first update.
func NewLive() *Live {
	return &Live{id: fmt.Sprintf("interleave-%016x", rand.Uint64())}
}

// Update shows b in place of what was shown before. Of updates that come faster
// than 20 a second only the latest is shown, a moment later; call Close at the
// end, or the cell may end before that moment.
//
// The error is that of Show; that of a delayed update comes with the next call.
func (l *Live) Update(b Bundle) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.err != nil {
		return l.err
	}
	wait := interval - time.Since(l.sent)
	if wait <= 0 {
		return l.show(b)
	}
	if l.pending == nil {
		l.timer = time.AfterFunc(wait, l.onTimer)
	}
	l.pending = b
	return nil
}

// Close shows the last update if it is still to come, and returns when it has
// been shown. Updates after it are shown as before, and want another Close.
func (l *Live) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.pending != nil {
		return l.show(l.pending)
	}
	return l.err
}

func (l *Live) onTimer() {
	l.mu.Lock()
	defer l.mu.Unlock()
	// A timer that fired while an update was being shown is too early for the
	// next, which has a timer of its own.
	if l.pending != nil && time.Since(l.sent) >= interval {
		l.show(l.pending)
	}
}

// show shows b now and drops a pending update, which is older. l.mu is held.
func (l *Live) show(b Bundle) error {
	if l.timer != nil {
		l.timer.Stop()
	}
	l.timer, l.pending = nil, nil
	l.err = show(b, l.id)
	l.sent = time.Now()
	return l.err
}
