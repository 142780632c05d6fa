// want: race
package sample

import "sync"

func Main() {
	var mu sync.Mutex
	n := 0
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			if mu.TryLock() {
				n++
				mu.Unlock()
			} else {
				n++
			}
		})
	}
	wg.Wait()
}
