//go:build race

package schedule

import (
	"runtime"
	"unsafe"
)

// Hide hides how the caller synchronises with others until Unhide.
func Hide() { runtime.RaceDisable() }

// Unhide ends Hide.
func Unhide() { runtime.RaceEnable() }

// Release tells the race detector that what the caller did comes before the next
// Acquire of the same address.
func Release(at unsafe.Pointer) { runtime.RaceReleaseMerge(at) }

// Acquire tells the race detector that what was released at an address comes
// before what the caller does.
func Acquire(at unsafe.Pointer) { runtime.RaceAcquire(at) }

// Reads tells the race detector that the caller reads what is at an address, and
// Writes, that it changes it.
func Reads(at unsafe.Pointer)  { runtime.RaceRead(at) }
func Writes(at unsafe.Pointer) { runtime.RaceWrite(at) }

// raceErrors is how many races were found.
//
//go:norace
func raceErrors() int { return runtime.RaceErrors() }
