// Package sync stands in the place of Go's sync in a program that runs under a
// schedule (package schedule). It has the same types, functions and rules. What
// differs: virtual time goes on while a goroutine waits for a lock, who waits is
// known, and who goes first is drawn from the schedule's seed.
//
// Misuse ends a program as it does in Go's package.
package sync

import "sync"

// A Locker represents an object that can be locked and unlocked.
type Locker = sync.Locker
