// want: panic
package sample

import "sync"

type account struct {
	mu  sync.Mutex
	bal int
}

func (a *account) get() int  { a.mu.Lock(); defer a.mu.Unlock(); return a.bal }
func (a *account) add(n int) { a.mu.Lock(); a.bal += n; a.mu.Unlock() }

func Main() {
	a := &account{bal: 100}
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			if a.get() >= 100 {
				a.add(-100)
			}
		})
	}
	wg.Wait()
	if a.get() < 0 {
		panic("overdrawn")
	}
}
