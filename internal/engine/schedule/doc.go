// Package schedule runs a program in virtual time, under one of many schedules.
//
// A program that is judged is rewritten (package weave) so that it calls Point
// before whatever may touch another goroutine: a statement with a call, a channel
// operation, a go statement. Its sync and sync/atomic are replaced by the packages
// below this one, whose operations are Points too, and whose waiting virtual time
// understands.
//
// # Why a schedule can be replayed
//
// In a bubble of testing/synctest the clock moves only when every goroutine waits.
// Each Point sleeps, most often for a few nanoseconds, and now and then for up to
// two seconds: at any instant one goroutine runs, alone, from its Point to its next
// one. So the lengths of the sleeps decide who runs before whom, not the runtime,
// and they come from a seed: hash(seed, goroutine, its how-manieth Point). A
// goroutine is known by when it reached its first Point, which the sleeps have
// decided as well. The choice among the ready cases of a select and among those
// who wait for a lock is drawn in the same way.
//
// Seed 0 is the calm schedule: no long sleeps, so that durations mean what the
// program makes them. Under all others only what comes before what has a meaning.
//
// # What the race detector sees
//
// Sleeping orders nothing for it. What this package keeps for itself is hidden: it
// is touched in functions that are go:norace, while they hold a mutex that the detector
// does not know, without maps, append and closures, which are seen in spite of that. What a primitive does
// order is told by Acquire and Release.
//
// It imports nothing but the standard library, since it is copied into any module
// whose programs are explored.
package schedule
