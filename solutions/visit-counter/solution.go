package visitcounter

import (
	"sync"
)

// CountVisits starts so many threads, which make so many visits each, all at
// the same time, and returns how many visits there were. Each is given its
// number: from 1, and no number twice.
func CountVisits(threads, visits int, visit func(number int)) int {
	// BEGIN SOLUTION
	var mu sync.Mutex // protects count
	count := 0
	next := func() int {
		mu.Lock()
		defer mu.Unlock()
		count++
		return count
	}
	var group sync.WaitGroup
	for range threads {
		group.Go(func() {
			for range visits {
				visit(next())
			}
		})
	}
	group.Wait()
	return count
	// END SOLUTION
}
