//go:build ignore

// A new thread for each number.
// Verdict: failed
// Check: TestTwoThreads
// Says: were said by

package taketurns

import (
	"sync"
)

// TakeTurns has two threads say the numbers from 1 to n in their order: voice 1
// the odd ones, voice 2 the even ones. It returns when both threads have ended.
func TakeTurns(n int, say func(voice, number int)) {
	for number := 1; number <= n; number++ {
		var voice sync.WaitGroup
		voice.Go(func() { say(2-number%2, number) })
		voice.Wait()
	}
}
