//go:build race

package locks

import (
	"runtime"
	"unsafe"
)

// The race detector takes every use of a lock for an order between its users. But
// readers of an RWMutex, and goroutines with a permit each, are in no order: if
// they touch the same variable, that is a race although they have passed through
// the same queue. So the queue's own mutex is hidden from the detector (and what
// it protects, by go:norace), and it is told which order there is, in the words
// of package sync's own locks.

// order is something that releases happen before acquisitions of.
type order struct{ _ byte }

func (o *order) acquire() { runtime.RaceAcquire(unsafe.Pointer(o)) }
func (o *order) release() { runtime.RaceReleaseMerge(unsafe.Pointer(o)) }

func hide()   { runtime.RaceDisable() }
func unhide() { runtime.RaceEnable() }
