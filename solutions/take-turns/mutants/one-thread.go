//go:build ignore

// One thread speaks with both voices.
// Verdict: failed
// Check: TestTwoThreads
// Says: One thread said all

package taketurns

import (
	"sync"
)

// TakeTurns has two threads say the numbers from 1 to n in their order: voice 1
// the odd ones, voice 2 the even ones. It returns when both threads have ended.
func TakeTurns(n int, say func(voice, number int)) {
	var voices sync.WaitGroup
	voices.Go(func() {
		for number := 1; number <= n; number++ {
			say(2-number%2, number)
		}
	})
	voices.Wait()
}
