//go:build ignore

// With an atomic counter.

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
	group.Add(threads)
	for range threads {
		go func() {
			defer group.Done()
			for range visits {
				visit(int(count.Add(1)))
			}
		}()
	}
	group.Wait()
	return int(count.Load())
}
