package sync

import (
	"time"
	"unsafe"

	"github.com/interleave-lab/interleave/internal/engine/schedule"
)

// owner is who has a lock, or had it last.
type owner struct {
	holder int32 // by its number in the run
	since  time.Time
}

// gets notes that the caller has the lock from now on.
//
//go:norace
func (o *owner) gets() { o.holder, o.since = schedule.Self(), time.Now() }

// frees notes that the lock is nobody's.
//
//go:norace
func (o *owner) frees(lock unsafe.Pointer) { schedule.Had(lock, o.holder, o.since) }

// wait unlocks q and returns when the caller, one of some who wait for the lock, is
// woken. Others may be before it then.
//
//go:norace
func (o *owner) wait(lock unsafe.Pointer, q *queue, among *waiters) {
	schedule.WaitsFor(lock, o.holder, o.since)
	q.waitAmong(among)
	schedule.Point(0)
	schedule.WaitsFor(nil, -1, time.Time{})
}
