package threads

import "time"

// Timer is a thread that begins later, Python's threading.Timer: its methods are
// a thread's, and Stop. Until then it is no goroutine.
type Timer struct {
	*Thread
	timer *time.Timer
}

// After returns a thread that will call f once d has passed. It is named and
// joined, and carries its panic, as any thread; with d zero or less it begins at
// once. In Go, time.AfterFunc does it without a name.
func After(d time.Duration, name string, f func(), options ...Option) *Timer {
	t := New(name, f, options...)
	t.begin()
	return &Timer{t, time.AfterFunc(d, t.main)}
}

// Stop keeps f from being called, unless that has begun, and reports whether it
// did. The timer has then ended: Join returns.
func (t *Timer) Stop() bool {
	if !t.timer.Stop() {
		return false
	}
	t.finish()
	return true
}
