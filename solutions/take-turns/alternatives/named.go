//go:build ignore

// With named threads and one channel, which is handed over by who has spoken.

package taketurns

import (
	"github.com/interleave-lab/interleave/kernel-helpers/threads"
)

// TakeTurns has two threads say the numbers from 1 to n in their order: voice 1
// the odd ones, voice 2 the even ones. It returns when both threads have ended.
func TakeTurns(n int, say func(voice, number int)) {
	var voices threads.Group
	turn := make(chan struct{})
	voices.Go("odd", func() {
		for number := 1; number <= n; number += 2 {
			say(1, number)
			if number < n {
				turn <- struct{}{}
				<-turn
			}
		}
	})
	voices.Go("even", func() {
		for number := 2; number <= n; number += 2 {
			<-turn
			say(2, number)
			turn <- struct{}{}
		}
	})
	voices.Wait()
}
