package probe

import (
	"time"

	"github.com/interleave-lab/interleave/internal/engine/outlook"
)

// looksForGuests and looksForResults are how often nothing may be seen to move
// until no guest can come any more, and until a result has arrived.
const (
	looksForGuests  = 12
	looksForResults = 3
)

// waitForGuests begins the meeting when no other guest can come any more: when
// nothing moves in this program and its children. So a busy machine, on which
// guests come late, judges no right program wrong, and a wrong one is not kept
// waiting. The limit is for a program in which something moves for ever.
func (m *Meeting) waitForGuests() {
	first := time.Since(m.opened)
	if outlook.Ask(looksForGuests, m.limit, m.begun) == outlook.Unknown {
		select {
		case <-m.begun:
		case <-time.After(clockPatience(first)):
		}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.host = false
	if len(m.guests) > 0 { // or the next to come is the first again
		m.beginLocked()
	}
}

// clockPatience is how long the first guest waits where the system tells nothing:
// a multiple of the time that it took to come itself, because a busy machine
// starts processes slowly.
func clockPatience(first time.Duration) time.Duration {
	return min(max(10*first, 700*time.Millisecond), 5*time.Second)
}

// letArrive returns when what a guest has left behind was taken up by whoever
// waited for it. Only a wrong program gains from a longer wait.
func letArrive() {
	if outlook.Ask(looksForResults, 300*time.Millisecond, nil) == outlook.Unknown {
		time.Sleep(30 * time.Millisecond)
	}
}
