//go:build ignore

// Holds the lock during the visit.
// Verdict: failed
// Check: TestVisitsTogether
// Says: hold no lock

package visitcounter

import (
	"sync"
)

// CountVisits starts so many threads, which make so many visits each, all at
// the same time, and returns how many visits there were. Each is given its
// number: from 1, and no number twice.
func CountVisits(threads, visits int, visit func(number int)) int {
	var mu sync.Mutex
	count := 0
	var group sync.WaitGroup
	for range threads {
		group.Go(func() {
			for range visits {
				mu.Lock()
				count++
				visit(count)
				mu.Unlock()
			}
		})
	}
	group.Wait()
	return count
}
