// want: race
package sample

import "sync"

func Main() {
	var mu sync.Mutex
	c := sync.NewCond(&mu)
	ready, n := false, 0
	done := make(chan bool)
	go func() {
		mu.Lock()
		ready = true
		c.Broadcast()
		mu.Unlock()
		n++
		close(done)
	}()
	mu.Lock()
	for !ready {
		c.Wait()
	}
	mu.Unlock()
	n++
	<-done
}
