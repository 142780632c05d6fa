//go:build ignore

// With a channel that numbers are taken from.

package visitcounter

import (
	"sync"
)

// CountVisits starts so many threads, which make so many visits each, all at
// the same time, and returns how many visits there were. Each is given its
// number: from 1, and no number twice.
func CountVisits(threads, visits int, visit func(number int)) int {
	numbers := make(chan int)
	go func() {
		defer close(numbers)
		for number := 1; number <= threads*visits; number++ {
			numbers <- number
		}
	}()
	var group sync.WaitGroup
	for range threads {
		group.Go(func() {
			for range visits {
				visit(<-numbers)
			}
		})
	}
	group.Wait()
	return threads * visits
}
