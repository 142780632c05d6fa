//go:build ignore

// Loads and stores, each of them atomic, but not both together.
// Verdict: failed
// Check: TestEveryNumberOnce
// Says: was given to two visits

package visitcounter

import (
	"sync"
	"sync/atomic"
)

// CountVisits starts so many threads, which make so many visits each, all at
// the same time, and returns how many visits there were. Each is given its
// number: from 1, and no number twice.
func CountVisits(threads, visits int, visit func(number int)) int {
	var count atomic.Int64
	var group sync.WaitGroup
	for range threads {
		group.Go(func() {
			for range visits {
				number := count.Load() + 1
				count.Store(number)
				visit(int(number))
			}
		})
	}
	group.Wait()
	return int(count.Load())
}
