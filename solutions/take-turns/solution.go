package taketurns

import (
	"sync"
)

// TakeTurns has two threads say the numbers from 1 to n in their order: voice 1
// the odd ones, voice 2 the even ones. It returns when both threads have ended.
func TakeTurns(n int, say func(voice, number int)) {
	// BEGIN SOLUTION
	// A turn is a value that the voices hand to one another. There is room for
	// it, so whoever speaks last need not wait until it is taken.
	odd, even := make(chan struct{}, 1), make(chan struct{}, 1)
	speak := func(voice int, mine, others chan struct{}) {
		for number := voice; number <= n; number += 2 {
			<-mine
			say(voice, number)
			others <- struct{}{}
		}
	}
	odd <- struct{}{}
	var voices sync.WaitGroup
	voices.Go(func() { speak(1, odd, even) })
	voices.Go(func() { speak(2, even, odd) })
	voices.Wait()
	// END SOLUTION
}
