// want: race
package sample

import "sync"

func Main() {
	var once sync.Once
	n := 0
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() { once.Do(func() {}); n++ })
	}
	wg.Wait()
}
