// want: passed
package sample

import (
	"sync"
	"sync/atomic"
	"time"
)

func Main() {
	var rw sync.RWMutex
	var once sync.Once
	var ready atomic.Bool
	n, m, x := 0, 0, 0
	c := sync.NewCond(&sync.Mutex{})
	set := false
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			once.Do(func() { x++ })
			_ = x
			rw.Lock()
			n++
			rw.Unlock()
			rw.RLock()
			_ = n
			rw.RUnlock()
		})
	}
	wg.Go(func() {
		time.Sleep(time.Second)
		c.L.Lock()
		set = true
		m++
		c.L.Unlock()
		c.Broadcast()
	})
	wg.Go(func() {
		c.L.Lock()
		for !set {
			c.Wait()
		}
		m++
		c.L.Unlock()
	})
	y := 0
	go func() { y++; ready.Store(true) }()
	for !ready.Load() {
		time.Sleep(time.Millisecond)
	}
	y++
	wg.Wait()
	n++
	m++
}
