//go:build ignore

// Waits for a while instead of for the turn.
// Verdict: failed
// Check: TestInOrder
// Says: out of order

package taketurns

import (
	"sync"
	"time"
)

// TakeTurns has two threads say the numbers from 1 to n in their order: voice 1
// the odd ones, voice 2 the even ones. It returns when both threads have ended.
func TakeTurns(n int, say func(voice, number int)) {
	var voices sync.WaitGroup
	for voice := 1; voice <= 2; voice++ {
		voices.Go(func() {
			time.Sleep(time.Duration(voice) * 10 * time.Millisecond)
			for number := voice; number <= n; number += 2 {
				say(voice, number)
				time.Sleep(20 * time.Millisecond)
			}
		})
	}
	voices.Wait()
}
