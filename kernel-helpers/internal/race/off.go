//go:build !race

package race

// Enabled reports whether the race detector is at work.
const Enabled = false

// Order is something that releases happen before later acquisitions of.
type Order struct{}

// Release tells that what the caller has done comes before the next Acquire.
func (*Order) Release() {}

// Acquire tells that what has been released comes before what the caller does.
func (*Order) Acquire() {}

// Hide hides how the caller synchronises with others until Unhide.
func Hide() {}

// Unhide ends Hide.
func Unhide() {}
