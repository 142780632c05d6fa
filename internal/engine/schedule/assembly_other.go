//go:build !amd64 && !arm64

package schedule

import (
	"sync"
	"unsafe"
)

func getg() unsafe.Pointer { return nil }

// mutex is hidden from the race detector.
type mutex struct{ mu sync.Mutex }

//go:norace
func (m *mutex) lock() {
	Hide()
	m.mu.Lock()
}

//go:norace
func (m *mutex) unlock() {
	m.mu.Unlock()
	Unhide()
}
