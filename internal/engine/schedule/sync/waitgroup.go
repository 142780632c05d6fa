package sync

import (
	"unsafe"

	"github.com/interleave-lab/interleave/internal/engine/schedule"
)

// WaitGroup is sync.WaitGroup.
type WaitGroup struct {
	queue queue
	n     int
	first byte // stands for the count: see Add
}

// Add changes the count by delta, which may be negative.
//
//go:noinline
func (wg *WaitGroup) Add(delta int) { wg.add(delta) } // the race detector sees who called it

//go:norace
func (wg *WaitGroup) add(delta int) {
	schedule.Point(0)
	if delta < 0 {
		schedule.Release(unsafe.Pointer(wg))
	}
	wg.queue.lock()
	wg.n += delta
	n := wg.n
	if n == 0 {
		wg.queue.wakeAll()
	}
	wg.queue.unlock()
	if delta > 0 && n == delta {
		// The first Add has to come before Wait; one beside it is a race, which Go's
		// WaitGroup shows in the same way.
		schedule.Reads(unsafe.Pointer(&wg.first))
	}
	if n < 0 {
		panic("sync: negative WaitGroup counter")
	}
}

// Done counts down by one.
func (wg *WaitGroup) Done() { wg.Add(-1) }

// Go calls f in a new goroutine, which counts as one until f returns.
func (wg *WaitGroup) Go(f func()) {
	wg.Add(1)
	go func() {
		schedule.Point(0)
		defer func() {
			if value := recover(); value != nil {
				panic(value) // without Done, which would let others go on
			}
			wg.Done()
		}()
		f()
	}()
}

// Wait waits until the count is zero.
//
//go:noinline
func (wg *WaitGroup) Wait() { wg.wait() } // the race detector sees who called it

//go:norace
func (wg *WaitGroup) wait() {
	schedule.Point(0)
	wg.queue.lock()
	if wg.n == 0 {
		wg.queue.unlock()
	} else {
		waitsAlone := wg.queue.n == 0
		if waitsAlone {
			schedule.Unhide()
			schedule.Writes(unsafe.Pointer(&wg.first))
			schedule.Hide()
		}
		wg.queue.wait()
		schedule.Point(0)
		wg.queue.lock()
		reused := wg.n != 0 || wg.queue.n != 0
		wg.queue.unlock()
		if reused {
			panic("sync: WaitGroup is reused before previous Wait has returned")
		}
	}
	schedule.Acquire(unsafe.Pointer(wg))
}
