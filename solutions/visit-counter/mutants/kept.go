//go:build ignore

// The counter is a variable outside of the function, as of the lesson's, and goes on
// from one call to the next.
// Verdict: failed
// Check: TestTotal
// Says: Called a second time

package visitcounter

import (
	"sync"
)

var (
	mu    sync.Mutex // protects total
	total int
)

// CountVisits starts so many threads, which make so many visits each, all at
// the same time, and returns how many visits there were. Each is given its
// number: from 1, and no number twice.
func CountVisits(threads, visits int, visit func(number int)) int {
	var group sync.WaitGroup
	for range threads {
		group.Go(func() {
			for range visits {
				mu.Lock()
				total++
				number := total
				mu.Unlock()
				visit(number)
			}
		})
	}
	group.Wait()
	return total
}
