//go:build ignore

// Nothing guards the counter.
// Verdict: race
// Check: TestEveryNumberOnce
// Says: count++

package visitcounter

import (
	"sync"
)

// CountVisits starts so many threads, which make so many visits each, all at
// the same time, and returns how many visits there were. Each is given its
// number: from 1, and no number twice.
func CountVisits(threads, visits int, visit func(number int)) int {
	count := 0
	var group sync.WaitGroup
	for range threads {
		group.Go(func() {
			for range visits {
				count++
				visit(count)
			}
		})
	}
	group.Wait()
	return count
}
