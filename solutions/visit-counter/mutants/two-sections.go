//go:build ignore

// Reads in one critical section and writes in another.
// Verdict: failed
// Check: TestEveryNumberOnce
// Says: was given to two visits

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
	get := func() int {
		mu.Lock()
		defer mu.Unlock()
		return count
	}
	set := func(n int) {
		mu.Lock()
		defer mu.Unlock()
		count = n
	}
	var group sync.WaitGroup
	for range threads {
		group.Go(func() {
			for range visits {
				number := get() + 1
				set(number)
				visit(number)
			}
		})
	}
	group.Wait()
	return count
}
