// want: race
package sample

import (
	"sync"
	"sync/atomic"
)

func Main() {
	var k atomic.Int64
	n := 0
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() { n++; k.Add(1) })
	}
	wg.Wait()
}
