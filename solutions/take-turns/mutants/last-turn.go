//go:build ignore

// The last turn is handed to a voice that has already ended.
// Verdict: deadlock
// Check: TestInOrder
// Says: to send on a channel

package taketurns

import (
	"sync"
)

// TakeTurns has two threads say the numbers from 1 to n in their order: voice 1
// the odd ones, voice 2 the even ones. It returns when both threads have ended.
func TakeTurns(n int, say func(voice, number int)) {
	odd, even := make(chan struct{}), make(chan struct{})
	speak := func(voice int, mine, others chan struct{}) {
		for number := voice; number <= n; number += 2 {
			<-mine
			say(voice, number)
			others <- struct{}{}
		}
	}
	var voices sync.WaitGroup
	voices.Go(func() { speak(1, odd, even) })
	voices.Go(func() { speak(2, even, odd) })
	odd <- struct{}{}
	voices.Wait()
}
