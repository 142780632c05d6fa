//go:build ignore

// Each voice counts on its own.
// Verdict: failed
// Check: TestInOrder
// Says: out of order

package taketurns

import (
	"sync"
)

// TakeTurns has two threads say the numbers from 1 to n in their order: voice 1
// the odd ones, voice 2 the even ones. It returns when both threads have ended.
func TakeTurns(n int, say func(voice, number int)) {
	var voices sync.WaitGroup
	for voice := 1; voice <= 2; voice++ {
		voices.Go(func() {
			for number := voice; number <= n; number += 2 {
				say(voice, number)
			}
		})
	}
	voices.Wait()
}
