// Package atomic stands in the place of Go's sync/atomic in a program that runs
// under a schedule (package schedule): every operation is Go's own, and a place
// before which another goroutine may go on.
package atomic
