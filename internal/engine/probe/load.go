// Package probe is what checks use to see concurrency from outside: how many
// calls are under way at once, and whether processes are there together. It
// adds no order between the calls that it watches, so it hides no race.
package probe

import "sync"

// Load counts calls that are under way. Its zero value is ready.
type Load struct {
	mu    sync.Mutex // protects what follows; the race detector does not see it
	now   int
	most  int
	total int
}

// Enter begins a call.
//
//go:norace
func (l *Load) Enter() {
	lockUnseen(&l.mu)
	l.now++
	l.total++
	if l.most < l.now {
		l.most = l.now
	}
	unlockUnseen(&l.mu)
}

// Leave ends a call that Enter began.
//
//go:norace
func (l *Load) Leave() {
	lockUnseen(&l.mu)
	l.now--
	unlockUnseen(&l.mu)
}

// Now returns how many calls are under way.
//
//go:norace
func (l *Load) Now() int {
	lockUnseen(&l.mu)
	defer unlockUnseen(&l.mu)
	return l.now
}

// Most returns how many calls were under way at once, at most.
//
//go:norace
func (l *Load) Most() int {
	lockUnseen(&l.mu)
	defer unlockUnseen(&l.mu)
	return l.most
}

// Total returns how many calls have begun.
//
//go:norace
func (l *Load) Total() int {
	lockUnseen(&l.mu)
	defer unlockUnseen(&l.mu)
	return l.total
}
