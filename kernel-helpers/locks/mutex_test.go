package locks_test

import (
	"sync"
	"testing"
	"testing/synctest"

	"github.com/interleave-lab/interleave/kernel-helpers/locks"
)

func TestAnyGoroutineMayUnlock(t *testing.T) {
	var mu locks.Mutex
	mu.Lock()
	go mu.Unlock()
	mu.Lock()
}

func TestWorksAsACondsLock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu locks.Mutex
		cond := sync.NewCond(&mu)
		ready := false
		go mu.With(func() { ready = true; cond.Broadcast() })
		mu.Lock()
		for !ready {
			cond.Wait()
		}
		mu.Unlock()
	})
}
