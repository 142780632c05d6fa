package eventloop_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/eventloop"
)

func TestCancelEndsAWaitAndCleansUp(t *testing.T) {
	quiet(t, func(loop *Loop) {
		d := &diary{loop: loop}
		queue := eventloop.NewQueue[int](loop, "q", 1)
		full := eventloop.NewQueue[int](loop, "full", 1)
		full.Put(1)
		lock := eventloop.NewMutex(loop, "mu")
		lock.Lock()
		semaphore := eventloop.NewSemaphore(loop, "s", 1)
		semaphore.Acquire()
		event := eventloop.NewEvent(loop, "e")
		for name, wait := range map[string]func() error{
			"sleep":   func() error { return loop.Sleep(time.Hour) },
			"yield":   loop.Yield,
			"get":     func() error { _, err := queue.Get(); return err },
			"put":     func() error { return full.Put(2) },
			"lock":    lock.Lock,
			"acquire": semaphore.Acquire,
			"event":   event.Wait,
		} {
			task := loop.Go(name, wait)
			loop.Yield()
			task.Cancel()
			task.Cancel() // again is fine
			if _, err := task.Await(); !errors.Is(err, context.Canceled) {
				t.Errorf("%s: %v", name, err)
			}
		}
		// What was cancelled left no trace: others get what they wait for.
		event.Set()
		lock.Unlock()
		semaphore.Release()
		full.Get()
		queue.Put(7)
		v, _ := queue.Get()
		if lock.Lock() != nil || semaphore.Acquire() != nil || event.Wait() != nil || v != 7 || full.Len() != 0 {
			t.Error("something is still kept for a task that was cancelled")
		}
		d.note("end")
		d.expect(t, "0s end")
	})
}

func TestCancelBeforeTheFirstTurn(t *testing.T) {
	quiet(t, func(loop *Loop) {
		task := loop.Go("A", func() error { t.Error("ran"); return nil })
		task.Cancel()
		_, err := task.Await()
		if fmt.Sprint(err) != "eventloop: task A was cancelled before its first turn" || !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
		task.Cancel() // it has ended
	})
}

func TestCancelOfATaskThatGotWhatItWaitedForIsToldAtItsNextWait(t *testing.T) {
	quiet(t, func(loop *Loop) {
		queue := eventloop.NewQueue[int](loop, "q", 0)
		task := eventloop.Go(loop, "A", func() (int, error) {
			v, err := queue.Get()
			if err != nil {
				t.Error("the value is lost:", err)
			}
			return v, loop.Sleep(time.Second)
		})
		loop.Yield()
		queue.Put(7)
		task.Cancel()
		v, err := task.Await()
		if v != 7 || fmt.Sprint(err) != "eventloop: task A was cancelled before Sleep" || loop.Now() != 0 {
			t.Error(v, err, loop.Now())
		}
	})
}

func TestCancelIsPassedOnToWhatIsAwaited(t *testing.T) {
	quiet(t, func(loop *Loop) {
		d := &diary{loop: loop}
		inner := func(name string) *eventloop.Task[eventloop.None] {
			return loop.Go(name, func() error {
				err := loop.Sleep(time.Hour)
				loop.Sleep(time.Second) // cleaning up takes time, and its awaiter waits for it
				d.note(name, " ", err != nil)
				return err
			})
		}
		a, b, c := inner("A"), inner("B"), inner("C")
		awaits := loop.Go("awaits", func() error { _, err := a.Await(); return err })
		gathers := loop.Go("gathers", func() error { _, err := eventloop.Gather(b, c); return err })
		shielded := inner("shielded")
		shields := loop.Go("shields", func() error { _, err := eventloop.Shield(shielded); return err })
		loop.Yield()
		for _, task := range []*eventloop.Task[eventloop.None]{awaits, gathers, shields} {
			task.Cancel()
			if _, err := task.Await(); !errors.Is(err, context.Canceled) {
				t.Error(task.Name(), err)
			}
			d.note(task.Name(), " ended")
		}
		if shielded.IsDone() {
			t.Error("the shielded task ended")
		}
		shielded.Cancel()
		shielded.Await()
		d.expect(t, "1s A true", "1s awaits ended", "2s B true", "2s C true", "2s gathers ended", "2s shields ended", "3s shielded true")
	})
}

func TestTimeout(t *testing.T) {
	quiet(t, func(loop *Loop) {
		sleep := func(d time.Duration) func() error { return func() error { return loop.Sleep(d) } }
		if err := loop.Timeout(2*time.Second, sleep(time.Second)); err != nil || loop.Now() != time.Second {
			t.Error("in time:", err, loop.Now())
		}
		err := loop.Timeout(time.Second, sleep(time.Hour))
		var timeout interface{ Timeout() bool }
		if !errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) || !errors.As(err, &timeout) || loop.Now() != 2*time.Second {
			t.Error("too late:", err, loop.Now())
		}
		if want := "eventloop: time is up in task main after 1.00 s"; err.Error() != want {
			t.Error(err)
		}
		if err := loop.Sleep(time.Hour); err != nil {
			t.Error("the task is not cancelled itself:", err)
		}
	})
}

func TestTimeoutOfAFunctionThatDoesNotLook(t *testing.T) {
	quiet(t, func(loop *Loop) {
		err := loop.Timeout(time.Second, func() error { loop.Sleep(time.Hour); return nil })
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
		failed := errors.New("cannot save")
		if err := loop.Timeout(time.Second, func() error { loop.Sleep(time.Hour); return failed }); err != failed {
			t.Error("its own error is kept:", err)
		}
		now := loop.Now()
		err = loop.Timeout(time.Second, func() error { loop.Compute(150 * time.Millisecond); return nil })
		if err != nil || loop.Now() != now+150*time.Millisecond {
			t.Error("it was done in time:", err)
		}
	})
}

func TestNestedTimeouts(t *testing.T) {
	quiet(t, func(loop *Loop) {
		var inner error
		nested := func(outerTime, innerTime time.Duration) error {
			return loop.Timeout(outerTime, func() error {
				inner = loop.Timeout(innerTime, func() error { return loop.Sleep(time.Hour) })
				return inner
			})
		}
		if outer := nested(2*time.Second, time.Second); outer != inner || !errors.Is(inner, context.DeadlineExceeded) {
			t.Error("the inner time is up first:", outer, inner)
		}
		if outer := nested(time.Second, 2*time.Second); !errors.Is(outer, context.DeadlineExceeded) || !errors.Is(inner, context.Canceled) {
			t.Error("the outer time is up first:", outer, inner)
		}
		if err := loop.Sleep(time.Hour); err != nil {
			t.Error(err)
		}
	})
}

func TestCancelWithinATimeoutIsNoTimeout(t *testing.T) {
	quiet(t, func(loop *Loop) {
		task := loop.Go("A", func() error {
			return loop.Timeout(time.Second, func() error { return loop.Sleep(time.Hour) })
		})
		loop.Yield()
		task.Cancel()
		if _, err := task.Await(); !errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
	})
}

func TestTimeoutOfAnAwaitCancelsWhatIsAwaited(t *testing.T) {
	quiet(t, func(loop *Loop) {
		task := loop.Go("A", func() error { return loop.Sleep(time.Hour) })
		err := loop.Timeout(time.Second, func() error { _, err := task.Await(); return err })
		if !errors.Is(err, context.DeadlineExceeded) || !task.IsDone() {
			t.Error(err, task.IsDone())
		}
	})
}

func TestTimeoutOfAnAwaitIsNotLostWhereAnotherIsUp(t *testing.T) {
	quiet(t, func(loop *Loop) {
		start := eventloop.NewEvent(loop, "start")
		task := loop.Go("A", func() error {
			err := loop.Timeout(time.Second, func() error {
				start.Wait()
				return loop.Sleep(time.Hour)
			})
			if errors.Is(err, context.DeadlineExceeded) {
				err = loop.Sleep(time.Hour)
			}
			return err
		})
		loop.Go("B", func() error {
			loop.Yield()
			start.Set()
			loop.Compute(2 * time.Second) // meanwhile the time is up for both, and A is ready
			return nil
		})
		loop.Yield()
		err := loop.Timeout(time.Second, func() error { _, err := task.Await(); return err })
		if !errors.Is(err, context.DeadlineExceeded) || loop.Now() != 2*time.Second {
			t.Error(err, loop.Now())
		}
	})
}

func TestWhoIsCancelledLeavesTheLine(t *testing.T) {
	for _, out := range [][]int{{0}, {1}, {3}, {0, 1}, {2, 3}, {3, 2}, {3, 0}, {1, 2, 0}, {3, 2, 1, 0}} {
		quiet(t, func(loop *Loop) {
			d := &diary{loop: loop}
			queue := eventloop.NewQueue[int](loop, "q", 0)
			var tasks []*eventloop.Task[eventloop.None]
			var want []string
			for i := range 4 {
				tasks = append(tasks, loop.Go("", func() error {
					_, err := queue.Get()
					if err == nil {
						d.note(i)
					}
					return err
				}))
				if !slices.Contains(out, i) {
					want = append(want, fmt.Sprint("0s ", i))
				}
			}
			loop.Yield()
			for _, i := range out {
				tasks[i].Cancel()
			}
			for range len(want) {
				queue.Put(0)
			}
			eventloop.GatherAll(tasks...)
			d.expect(t, want...)
		})
	}
}

func TestTimeoutOfNoTimeEndsTheFirstWait(t *testing.T) {
	quiet(t, func(loop *Loop) {
		queue := eventloop.NewQueue[int](loop, "q", 1)
		err := loop.Timeout(-time.Second, func() error {
			if err := queue.Put(1); err != nil {
				t.Error("it had no need to wait:", err)
			}
			return queue.Put(2)
		})
		if !errors.Is(err, context.DeadlineExceeded) || loop.Now() != 0 || queue.Len() != 1 {
			t.Error(err, loop.Now(), queue.Len())
		}
	})
}
