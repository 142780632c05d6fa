package threads_test

import (
	"context"
	"errors"
	"io"
	"testing"
	"testing/synctest"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/threads"
)

// In virtual time: how long a wait lasted is exact.

var errEnough = errors.New("enough")

// waiter is a thread or a group of one: they are waited for alike.
type waiter struct {
	wait    func()
	timeout func(time.Duration) bool
	context func(context.Context) error
}

func TestWaitsEndInTime(t *testing.T) {
	kinds := map[string]func(run func()) waiter{
		"thread": func(run func()) waiter {
			th := threads.Go("worker", run)
			return waiter{th.Join, th.JoinTimeout, th.JoinContext}
		},
		"group": func(run func()) waiter {
			var g threads.Group
			g.Go("worker", run)
			return waiter{g.Wait, g.WaitTimeout, g.WaitContext}
		},
	}
	for kind, start := range kinds {
		for _, c := range []struct {
			name string
			wait func(w waiter) any
			want any
			took time.Duration
		}{
			{"a timeout before the end", func(w waiter) any { return w.timeout(time.Second) }, false, time.Second},
			{"a timeout at the end counts as the end, or as the timeout", func(w waiter) any { w.timeout(time.Minute); return nil }, nil, time.Minute},
			{"a timeout after the end", func(w waiter) any { return w.timeout(time.Hour) }, true, time.Minute},
			{"no time at all", func(w waiter) any { return w.timeout(0) }, false, 0},
			{"a context that ends first", func(w waiter) any {
				ctx, cancel := context.WithTimeoutCause(context.Background(), time.Second, errEnough)
				defer cancel()
				return w.context(ctx)
			}, errEnough, time.Second},
			{"a context that does not", func(w waiter) any { return w.context(context.Background()) }, nil, time.Minute},
			{"two waits, the first in vain", func(w waiter) any { w.timeout(time.Second); return w.timeout(time.Hour) }, true, time.Minute},
		} {
			t.Run(kind+"/"+c.name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					begin := time.Now()
					w := start(func() { time.Sleep(time.Minute) })
					if got := c.wait(w); got != c.want {
						t.Errorf("got %v, want %v", got, c.want)
					}
					if took := time.Since(begin); took != c.took {
						t.Errorf("took %v, want %v", took, c.took)
					}
					w.wait()
					ctx, cancel := context.WithCancel(context.Background())
					cancel()
					if !w.timeout(0) || !errors.Is(w.context(ctx), context.Canceled) {
						t.Error("what has ended is there in no time, but a context that is done is an error")
					}
				})
			})
		}
		t.Run(kind+"/a panic is carried to every form", func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				for _, wait := range []func(waiter){
					func(w waiter) { w.wait() },
					func(w waiter) { w.timeout(time.Hour) },
					func(w waiter) { w.context(context.Background()) },
				} {
					w := start(func() { time.Sleep(time.Minute); panic(io.EOF) })
					if p, ok := panicOf(func() { wait(w) }).(*threads.PanicError); !ok || p.Value != io.EOF {
						t.Error("got", p)
					}
				}
			})
		})
	}
}

func TestTimer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begin := time.Now()
		var rang time.Duration
		alarm := threads.After(time.Minute, "alarm", func() { rang = time.Since(begin) })
		if !alarm.IsAlive() || alarm.Name() != "alarm" || panicOf(alarm.Start) == nil {
			t.Error("a timer is a thread that was started:", alarm)
		}
		alarm.Join()
		if rang != time.Minute || time.Since(begin) != time.Minute {
			t.Errorf("rang after %v, was joined after %v", rang, time.Since(begin))
		}
		if alarm.Stop() {
			t.Error("what has rung cannot be stopped")
		}

		never := threads.After(time.Minute, "never", func() { t.Error("called although stopped") })
		joined := threads.Go("waits", never.Join)
		time.Sleep(time.Second)
		if !never.Stop() || never.Stop() {
			t.Error("Stop stops once")
		}
		joined.Join()
		if never.IsAlive() || time.Since(begin) != time.Minute+time.Second {
			t.Error("Stop ends a timer at once:", never, time.Since(begin))
		}
		time.Sleep(time.Hour)

		fails := threads.After(0, "fails", func() { panic(io.EOF) })
		if p, ok := panicOf(fails.Join).(*threads.PanicError); !ok || p.Thread != "fails" {
			t.Error("got", p)
		}
	})
}

func TestStopBesideTheTimersEnd(t *testing.T) {
	for range 200 {
		called := false
		alarm := threads.After(time.Microsecond, "alarm", func() { called = true })
		stopped := alarm.Stop()
		alarm.Join()
		if stopped == called {
			t.Fatalf("stopped: %v, called: %v", stopped, called)
		}
	}
}
