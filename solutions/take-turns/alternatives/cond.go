//go:build ignore

// With a condition that both voices wait for.

package taketurns

import (
	"sync"
)

// TakeTurns has two threads say the numbers from 1 to n in their order: voice 1
// the odd ones, voice 2 the even ones. It returns when both threads have ended.
func TakeTurns(n int, say func(voice, number int)) {
	var mu sync.Mutex // protects next
	turn := sync.NewCond(&mu)
	next := 1
	var voices sync.WaitGroup
	for voice := 1; voice <= 2; voice++ {
		voices.Go(func() {
			for number := voice; number <= n; number += 2 {
				mu.Lock()
				for next != number {
					turn.Wait()
				}
				say(voice, number)
				next++
				mu.Unlock()
				turn.Broadcast()
			}
		})
	}
	voices.Wait()
}
