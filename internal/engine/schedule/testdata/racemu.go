// want: race
package sample

import "sync"

func Main() {
	n := 0
	var a, b sync.Mutex
	var wg sync.WaitGroup
	wg.Go(func() { a.Lock(); n++; a.Unlock() })
	wg.Go(func() { b.Lock(); n++; b.Unlock() })
	wg.Wait()
}
