package threads

import (
	"math"
	"sync/atomic"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/race"
)

// joiners counts those who wait for a thread's end and will then be told of its
// panic. The race detector does not see it: they are in no order.
type joiners struct{ n atomic.Int32 } // negative once the thread has panicked

// enter counts one more.
func (j *joiners) enter() {
	race.Hide()
	j.n.Add(1)
	race.Unhide()
}

// leave takes one off who gives up waiting. It reports false if the thread counts
// on that one, and is about to end.
func (j *joiners) leave() bool {
	race.Hide()
	defer race.Unhide()
	for {
		n := j.n.Load()
		if n < 0 {
			return false
		}
		if j.n.CompareAndSwap(n, n-1) {
			return true
		}
	}
}

// close reports whether there are any, none of whom leaves any more.
func (j *joiners) close() bool {
	race.Hide()
	defer race.Unhide()
	return j.n.Swap(math.MinInt32) > 0
}
