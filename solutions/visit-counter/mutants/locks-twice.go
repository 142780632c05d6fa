//go:build ignore

// Calls, while it holds the lock, a function that takes it.
// Verdict: deadlock
// Check: TestEveryNumberOnce
// Says: waits for a lock that it holds itself

package visitcounter

import (
	"sync"
)

func CountVisits(threads, visits int, visit func(number int)) int {
	var mu sync.Mutex
	count := 0
	current := func() int {
		mu.Lock()
		defer mu.Unlock()
		return count
	}
	next := func() int {
		mu.Lock()
		defer mu.Unlock()
		count++
		return current()
	}
	var wg sync.WaitGroup
	for range threads {
		wg.Go(func() {
			for range visits {
				visit(next())
			}
		})
	}
	wg.Wait()
	return count
}
