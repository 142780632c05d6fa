//go:build ignore

// Adds to the WaitGroup inside of the goroutine, so that nobody may be waited for.
// Verdict: race
// Check: TestEveryNumberOnce
// Says: group.Add(1)

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
		go func() {
			group.Add(1)
			defer group.Done()
			for range visits {
				visit(int(count.Add(1)))
			}
		}()
	}
	group.Wait()
	return int(count.Load())
}
