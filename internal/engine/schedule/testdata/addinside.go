// want: race
package sample

import "sync"

func Main() {
	var wg sync.WaitGroup
	var mu sync.Mutex
	n := 0
	for range 3 {
		go func() {
			wg.Add(1)
			defer wg.Done()
			mu.Lock()
			n++
			mu.Unlock()
		}()
	}
	wg.Wait()
	mu.Lock()
	defer mu.Unlock()
	if n != 3 {
		panic("too early")
	}
}
