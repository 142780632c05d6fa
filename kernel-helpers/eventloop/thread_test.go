package eventloop_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"testing"
	"testing/synctest"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/eventloop"
)

// block returns a function that blocks its thread for d.
func block(d time.Duration) func(context.Context) (int, error) {
	return func(context.Context) (int, error) {
		time.Sleep(d)
		return int(d.Seconds()), io.EOF
	}
}

func TestThreadsDoNotKeepTheLoop(t *testing.T) {
	for name, options := range map[string][]eventloop.Option{"virtual": nil, "real": {eventloop.RealTime()}} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				run(func(loop *Loop) error {
					d := &diary{loop: loop}
					blocked := loop.Go("blocked", func() error {
						n, err := eventloop.ToThread(loop, block(3*time.Second))
						d.note(n, err)
						return nil
					})
					ticks := loop.Go("ticks", func() error {
						for range 2 {
							loop.Sleep(2 * time.Second)
							d.note("tick")
						}
						return nil
					})
					eventloop.Gather(blocked, ticks)
					d.expect(t, "2s tick", "3s 3 EOF", "4s tick")
					return nil
				}, options...)
			})
		})
	}
}

func TestAThreadsPanicIsItsError(t *testing.T) {
	quiet(t, func(loop *Loop) {
		_, err := eventloop.ToThread(loop, func(context.Context) (int, error) { panic("no luck") })
		var p *eventloop.PanicError
		if !errors.As(err, &p) || p.Task != "main" || p.Value != "no luck" {
			t.Error(err)
		}
		_, err = eventloop.ToThread(loop, func(context.Context) (int, error) { runtime.Goexit(); return 0, nil })
		if fmt.Sprint(err) != "eventloop: the function called runtime.Goexit, so there is no result" {
			t.Error(err)
		}
	})
}

func TestATaskThatIsCancelledLeavesItsThread(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ended := false
		run(func(loop *Loop) error {
			err := loop.Timeout(time.Second, func() error {
				_, err := eventloop.ToThread(loop, func(ctx context.Context) (int, error) {
					<-ctx.Done()
					time.Sleep(time.Second)
					ended = true
					return 0, ctx.Err()
				})
				return err
			})
			if !errors.Is(err, context.DeadlineExceeded) {
				t.Error(err)
			}
			return nil
		})
		if !ended {
			t.Error("Run did not wait for the thread")
		}
	})
}
