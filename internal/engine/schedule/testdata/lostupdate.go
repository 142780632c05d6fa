// want: panic
package sample

import (
	"sync"
	"sync/atomic"
)

func Main() {
	var n atomic.Int64
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() { v := n.Load(); n.Store(v + 1) })
	}
	wg.Wait()
	if n.Load() != 3 {
		panic("lost")
	}
}
