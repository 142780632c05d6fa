package schedule

import (
	"context"
	"time"
)

// What begins or goes on at one instant does so in an order that the runtime chooses. So
// of Go's functions that lead there, woven programs call these, in which each draws an
// instant of its own.

// Sleep is time.Sleep.
func Sleep(d time.Duration) { time.Sleep(apart(d)) }

// AfterFunc is time.AfterFunc.
func AfterFunc(d time.Duration, f func()) *time.Timer { return time.AfterFunc(apart(d), f) }

// AfterCancel is context.AfterFunc.
func AfterCancel(ctx context.Context, f func()) (stop func() bool) {
	wait := time.Duration(pick(shortest))
	return context.AfterFunc(ctx, func() {
		time.Sleep(wait)
		f()
	})
}

// apart is a time that is longer by so little that only orders depend on it.
func apart(d time.Duration) time.Duration {
	if d > 0 {
		d += time.Duration(pick(shortest))
	}
	return d
}
