//go:build ignore

// Asks again and again whose turn it is.
// Verdict: inconclusive
// Check: TestOneAtATime
// Says: ask again and again

package taketurns

import (
	"sync"
)

// TakeTurns has two threads say the numbers from 1 to n in their order: voice 1
// the odd ones, voice 2 the even ones. It returns when both threads have ended.
func TakeTurns(n int, say func(voice, number int)) {
	var mu sync.Mutex
	next := 1
	var voices sync.WaitGroup
	for voice := 1; voice <= 2; voice++ {
		voices.Go(func() {
			for number := voice; number <= n; {
				mu.Lock()
				mine := next == number
				mu.Unlock()
				if !mine {
					continue
				}
				say(voice, number)
				mu.Lock()
				next++
				mu.Unlock()
				number += 2
			}
		})
	}
	voices.Wait()
}
