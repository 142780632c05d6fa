//go:build !race

package schedule

import "unsafe"

// Hide hides how the caller synchronises with others until Unhide.
func Hide() {}

// Unhide ends Hide.
func Unhide() {}

// Release tells the race detector that what the caller did comes before the next
// Acquire of the same address.
func Release(unsafe.Pointer) {}

// Acquire tells the race detector that what was released at an address comes
// before what the caller does.
func Acquire(unsafe.Pointer) {}

// Reads tells the race detector that the caller reads what is at an address, and
// Writes, that it changes it.
func Reads(unsafe.Pointer)  {}
func Writes(unsafe.Pointer) {}

func raceErrors() int { return 0 }
