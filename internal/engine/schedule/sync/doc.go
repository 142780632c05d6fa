// Package sync stands in the place of Go's sync in a program that runs under a
// schedule (package schedule). It has the same types, functions and rules. What
// differs: virtual time goes on while a goroutine waits for a lock, who waits is
// known, and who goes first is drawn from the schedule's seed.
//
// Misuse that ends a program in Go's package panics here.
package sync

import "sync"

// What needs no waiting is Go's own.
type (
	// A Locker represents an object that can be locked and unlocked.
	Locker = sync.Locker
	// Map is sync.Map.
	Map = sync.Map
	// Pool is sync.Pool.
	Pool = sync.Pool
)
