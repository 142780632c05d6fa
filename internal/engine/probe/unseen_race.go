//go:build race

package probe

import (
	"runtime"
	"sync"
)

// lockUnseen locks mu without the race detector taking note: what mu guards
// must be touched in functions marked go:norace alone.
func lockUnseen(mu *sync.Mutex) {
	runtime.RaceDisable()
	mu.Lock()
	runtime.RaceEnable()
}

func unlockUnseen(mu *sync.Mutex) {
	runtime.RaceDisable()
	mu.Unlock()
	runtime.RaceEnable()
}

func closeUnseen(c chan struct{}) {
	runtime.RaceDisable()
	close(c)
	runtime.RaceEnable()
}
