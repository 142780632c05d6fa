package probe

import (
	"sync"
	"time"
)

// Gate holds calls until enough of them are there, in virtual time. It shows
// whether calls are under way at once, whatever the schedule: where one has to end
// before the next begins, they wait in vain, for an hour that costs nothing, and
// Most says how many there were.
type Gate struct {
	want int
	open chan struct{}

	mu      sync.Mutex // protects what follows; the race detector does not see it
	waiting int
	most    int
	opened  bool
}

// NewGate returns a gate that opens when want calls wait at it. Make it where the
// calls are made: within the same schedule.Test or synctest.Test.
func NewGate(want int) *Gate { return &Gate{want: want, open: make(chan struct{})} }

// Pass waits until the gate is open, or nobody has come for an hour.
//
//go:norace
func (g *Gate) Pass() {
	lockUnseen(&g.mu)
	g.waiting++
	g.most = max(g.most, g.waiting)
	if g.waiting == g.want && !g.opened {
		g.opened = true
		closeUnseen(g.open)
	}
	unlockUnseen(&g.mu)
	patience := time.NewTimer(time.Hour)
	select {
	case <-g.open:
	case <-patience.C:
	}
	patience.Stop()
	lockUnseen(&g.mu)
	g.waiting--
	unlockUnseen(&g.mu)
}

// Most returns how many calls waited at once, at most.
//
//go:norace
func (g *Gate) Most() int {
	lockUnseen(&g.mu)
	defer unlockUnseen(&g.mu)
	return g.most
}
