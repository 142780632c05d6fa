// want: race
package sample

import "sync"

func Main() {
	n := 0
	var wg sync.WaitGroup
	wg.Go(func() { n++ })
	_ = n
	wg.Wait()
}
