//go:build !race

package probe

import "sync"

func lockUnseen(mu *sync.Mutex)   { mu.Lock() }
func unlockUnseen(mu *sync.Mutex) { mu.Unlock() }

func closeUnseen(c chan struct{}) { close(c) }
