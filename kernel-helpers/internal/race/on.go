//go:build race

package race

import (
	"runtime"
	"unsafe"
)

// Enabled reports whether the race detector is at work.
const Enabled = true

// Order is something that releases happen before later acquisitions of.
type Order struct{ _ byte }

// Release tells that what the caller has done comes before the next Acquire.
func (o *Order) Release() { runtime.RaceReleaseMerge(unsafe.Pointer(o)) }

// Acquire tells that what has been released comes before what the caller does.
func (o *Order) Acquire() { runtime.RaceAcquire(unsafe.Pointer(o)) }

// Hide hides how the caller synchronises with others until Unhide.
func Hide() { runtime.RaceDisable() }

// Unhide ends Hide.
func Unhide() { runtime.RaceEnable() }
