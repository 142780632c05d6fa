// Package signal has a channel that costs nothing until somebody waits for it.
package signal

import "sync/atomic"

// Signal is sent once. Its zero value has not been sent; it must not be copied
// after its first use.
type Signal struct{ ch atomic.Pointer[chan struct{}] }

// sentBefore is the channel of signals that were sent while nobody waited.
var sentBefore = make(chan struct{})

func init() { close(sentBefore) }

// Channel returns a channel that is closed when the signal is sent.
func (s *Signal) Channel() <-chan struct{} {
	if c := s.ch.Load(); c != nil {
		return *c
	}
	c := make(chan struct{})
	if s.ch.CompareAndSwap(nil, &c) {
		return c
	}
	return *s.ch.Load()
}

// Send sends the signal. It may be called once.
func (s *Signal) Send() {
	if !s.ch.CompareAndSwap(nil, &sentBefore) {
		close(*s.ch.Load())
	}
}

// Sent reports whether the signal was sent.
func (s *Signal) Sent() bool {
	c := s.ch.Load()
	if c == nil || c == &sentBefore {
		return c != nil
	}
	select {
	case <-*c:
		return true
	default:
		return false
	}
}
