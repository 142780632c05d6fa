// want: race
package sample

import "sync"

func Main() {
	n := 0
	var rw sync.RWMutex
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() { rw.RLock(); n++; rw.RUnlock() })
	}
	wg.Wait()
}
