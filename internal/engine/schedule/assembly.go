//go:build amd64 || arm64

package schedule

import (
	"runtime"
	"unsafe"
)

// getg returns the runtime's record of the calling goroutine.
func getg() unsafe.Pointer

// mutex is hidden from the race detector, which sync.Mutex would make learn, and then
// forget, several things each time: a tenth of what a Point costs. It is held for some
// ten instructions, on one processor: who finds it held lets another go on.
type mutex struct{ held uint32 }

//go:norace
func (m *mutex) lock() {
	for swap(&m.held, 1) != 0 {
		runtime.Gosched()
	}
}

//go:norace
func (m *mutex) unlock() { swap(&m.held, 0) }

// swap puts a value where at points, and returns what was there, as one step. That of
// sync/atomic tells the race detector.
func swap(at *uint32, value uint32) uint32
