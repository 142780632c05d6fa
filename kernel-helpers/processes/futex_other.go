//go:build unix && !linux

package processes

import (
	"sync/atomic"
	"time"
)

// hasFutex: to sleep on shared memory is slower than on a socket.
const hasFutex = false

// sleepOn waits until word, which processes share, is no longer value, or so much
// time has passed. Without a futex it looks again and again, ever less often.
func sleepOn(word *atomic.Uint32, value uint32, atMost time.Duration) {
	const often, seldom = 20 * time.Microsecond, time.Millisecond
	deadline := time.Now().Add(atMost)
	for nap := often; word.Load() == value && time.Now().Before(deadline); nap = min(2*nap, seldom) {
		time.Sleep(nap)
	}
}

// wakeAll has nothing to do: who sleeps looks for himself.
func wakeAll(*atomic.Uint32) {}
