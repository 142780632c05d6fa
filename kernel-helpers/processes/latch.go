package processes

import (
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// latch guards a segment for the few instructions in which it is not in order. It
// says which process has it, and whoever finds that this one has ended takes the
// latch over, with the duty to put the segment in order first.
type latch struct {
	local sync.Mutex // held by the goroutine that has or wants the word
	word  *atomic.Uint32
}

// contended is the bit of a latch that asks to be woken.
const contended = 1 << 31

// take returns when the latch is this process's. If it was a dead one's, inherit
// is called first.
func (l *latch) take(me identity, inherit func()) {
	l.local.Lock()
	if l.word.CompareAndSwap(0, uint32(me)) {
		return
	}
	l.wait(uint32(me), inherit)
}

func (l *latch) wait(me uint32, inherit func()) {
	for range 200 { // it is rarely held for longer
		if l.word.Load() == 0 && l.word.CompareAndSwap(0, me) {
			return
		}
	}
	runtime.Gosched()
	const patience = 2 * time.Millisecond
	for {
		seen := l.word.Load()
		switch {
		case seen == 0:
			// Others may wait, too.
			if l.word.CompareAndSwap(0, me|contended) {
				return
			}
		case seen&contended == 0:
			l.word.CompareAndSwap(seen, seen|contended)
		default:
			began := time.Now()
			sleepOn(l.word, seen, patience)
			if l.word.Load() != seen || time.Since(began) < patience || lives(identity(seen&^contended)) {
				continue
			}
			if l.word.CompareAndSwap(seen, me|contended) {
				inherit()
				return
			}
		}
	}
}

func (l *latch) release() {
	if l.word.Swap(0)&contended != 0 {
		wakeAll(l.word)
	}
	l.local.Unlock()
}
