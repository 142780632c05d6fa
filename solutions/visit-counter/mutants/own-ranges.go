//go:build ignore

// Each thread counts in a range of its own, and nothing is shared.
// Verdict: failed
// Check: TestVisitsTogether
// Says: the one counter

package visitcounter

import (
	"sync"
)

func CountVisits(threads, visits int, visit func(number int)) int {
	var wg sync.WaitGroup
	for i := range threads {
		wg.Go(func() {
			for v := range visits {
				visit(i*visits + v + 1)
			}
		})
	}
	wg.Wait()
	return threads * visits
}
