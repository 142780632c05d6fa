package eventloop_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/eventloop"
)

// after starts a task that ends after d with d's seconds, or with an error if
// they are odd.
func after(loop *Loop, d time.Duration) *eventloop.Task[int] {
	return eventloop.Go(loop, d.String(), func() (int, error) {
		if err := loop.Sleep(d); err != nil {
			return 0, err
		}
		n := int(d.Seconds())
		if n%2 == 1 {
			return 0, fmt.Errorf("%d is odd", n)
		}
		return n, nil
	})
}

func names[T any](tasks []*eventloop.Task[T]) string {
	var all []string
	for _, t := range tasks {
		all = append(all, t.Name())
	}
	return strings.Join(all, " ")
}

func TestGather(t *testing.T) {
	quiet(t, func(loop *Loop) {
		got, err := eventloop.Gather(after(loop, 4*time.Second), after(loop, 2*time.Second))
		if fmt.Sprint(got, err, loop.Now()) != "[4 2] <nil> 4s" {
			t.Error(got, err, loop.Now())
		}
		even, odd := after(loop, 2*time.Second), after(loop, time.Second)
		got, err = eventloop.Gather(even, odd)
		if fmt.Sprint(got, err, loop.Now(), even.IsDone()) != "[] 1 is odd 5s false" {
			t.Error(got, err, loop.Now(), even.IsDone())
		}
		all, err := eventloop.GatherAll(odd, even)
		if fmt.Sprint(all, err, loop.Now()) != "[{0 1 is odd} {2 <nil>}] <nil> 6s" {
			t.Error(all, err, loop.Now())
		}
		if got, err := eventloop.Gather[int](); len(got) != 0 || err != nil {
			t.Error(got, err)
		}
	})
}

func TestWait(t *testing.T) {
	for _, c := range []struct {
		until         eventloop.Until
		done, pending string
	}{
		{eventloop.FirstDone, "2s", "6s 5s 4s"},
		{eventloop.FirstError, "5s 4s 2s", "6s"},
		{eventloop.AllDone, "6s 5s 4s 2s", ""},
	} {
		run(func(loop *Loop) error {
			tasks := []*eventloop.Task[int]{after(loop, 6*time.Second), after(loop, 5*time.Second), after(loop, 4*time.Second), after(loop, 2*time.Second)}
			for range 2 { // the second time there is no need to wait
				done, pending, err := eventloop.Wait(c.until, tasks...)
				if names(done) != c.done || names(pending) != c.pending || err != nil {
					t.Errorf("%d: done %q, pending %q, %v", c.until, names(done), names(pending), err)
				}
			}
			return nil
		})
	}
}

func TestWaitLeavesTasksAloneWhenItIsCancelled(t *testing.T) {
	quiet(t, func(loop *Loop) {
		task := after(loop, 2*time.Second)
		err := loop.Timeout(time.Second, func() error {
			_, _, err := eventloop.Wait(eventloop.AllDone, task)
			return err
		})
		if n, awaited := task.Await(); !errors.Is(err, context.DeadlineExceeded) || n != 2 || awaited != nil {
			t.Error(err, n, awaited)
		}
	})
}

func TestAsCompleted(t *testing.T) {
	quiet(t, func(loop *Loop) {
		d := &diary{loop: loop}
		early := after(loop, 0)
		loop.Sleep(2 * time.Second)
		for task := range eventloop.AsCompleted(after(loop, 6*time.Second), after(loop, 4*time.Second), early) {
			n, err := task.Await()
			d.note(n, err)
		}
		d.expect(t, "2s 0 <nil>", "6s 4 <nil>", "8s 6 <nil>")

		err := loop.Timeout(time.Second, func() error {
			for range eventloop.AsCompleted(after(loop, 2*time.Second)) {
				t.Error("yielded after the time was up")
			}
			return loop.Sleep(time.Hour)
		})
		if !errors.Is(err, context.DeadlineExceeded) || loop.Now() != 9*time.Second {
			t.Error(err, loop.Now())
		}
	})
}

func TestQueueHandsOverInOrder(t *testing.T) {
	quiet(t, func(loop *Loop) {
		d := &diary{loop: loop}
		queue := eventloop.NewQueue[int](loop, "q", 2)
		producer := loop.Go("producer", func() error {
			for i := range 5 {
				if err := queue.Put(i); err != nil {
					return err
				}
				d.note("put ", i)
			}
			queue.Close()
			queue.Close() // again is fine
			return queue.Put(5)
		})
		loop.Yield()
		if queue.TryPut(9) || queue.Len() != 2 {
			t.Error("a full queue takes more")
		}
		for {
			loop.Sleep(time.Second)
			v, err := queue.Get()
			if err != nil {
				d.note(err == eventloop.ErrClosed)
				break
			}
			d.note("got ", v)
		}
		if _, ok := queue.TryGet(); ok || queue.TryPut(1) {
			t.Error("a closed queue goes on")
		}
		if _, err := producer.Await(); err != eventloop.ErrClosed {
			t.Error(err)
		}
		d.expect(t, "0s put 0", "0s put 1", "1s got 0", "1s put 2", "2s got 1", "2s put 3", "3s got 2", "3s put 4", "4s got 3", "5s got 4", "6s true")
	})
}

func TestCloseLetsWaitersGo(t *testing.T) {
	quiet(t, func(loop *Loop) {
		queue := eventloop.NewQueue[int](loop, "q", 0)
		get := func() (int, error) { return queue.Get() }
		a, b := eventloop.Go(loop, "A", get), eventloop.Go(loop, "B", get)
		loop.Yield()
		queue.Close()
		results, _ := eventloop.GatherAll(a, b)
		if results[0].Err != eventloop.ErrClosed || results[1].Err != eventloop.ErrClosed {
			t.Error(results)
		}
	})
}

func TestMutexAndSemaphoreAreHandedOverInOrder(t *testing.T) {
	for name, with := range map[string]func(*Loop) func(func() error) error{
		"mutex":     func(l *Loop) func(func() error) error { return eventloop.NewMutex(l, "mu").With },
		"semaphore": func(l *Loop) func(func() error) error { return eventloop.NewSemaphore(l, "s", 1).With },
	} {
		t.Run(name, func(t *testing.T) {
			quiet(t, func(loop *Loop) {
				d := &diary{loop: loop}
				within := with(loop)
				var tasks []*eventloop.Task[eventloop.None]
				for _, name := range []string{"A", "B", "C"} {
					tasks = append(tasks, loop.Go(name, func() error {
						return within(func() error { defer d.note(name); return loop.Sleep(time.Second) })
					}))
				}
				loop.Yield()
				tasks[1].Cancel()
				eventloop.GatherAll(tasks...)
				d.expect(t, "1s A", "2s C")
				if within(func() error { return io.EOF }) != io.EOF {
					t.Error("the function's error is lost")
				}
			})
		})
	}
}

func TestEventLetsAllGo(t *testing.T) {
	quiet(t, func(loop *Loop) {
		event := eventloop.NewEvent(loop, "e")
		a, b := loop.Go("A", event.Wait), loop.Go("B", event.Wait)
		loop.Sleep(time.Second)
		if a.IsDone() || event.IsSet() {
			t.Error("it was not set")
		}
		event.Set()
		event.Clear()
		if _, err := eventloop.Gather(a, b); err != nil || event.IsSet() {
			t.Error(err)
		}
	})
}

func TestWaitsForManyLeaveNoTrace(t *testing.T) {
	quiet(t, func(loop *Loop) {
		never := eventloop.NewEvent(loop, "never")
		last := loop.Go("last", never.Wait)
		var others []*eventloop.Task[eventloop.None]
		for range 3 {
			soon := func() *eventloop.Task[eventloop.None] { return loop.Go("", loop.Yield) }
			fails := loop.Go("", func() error { return errors.New("no") })
			// One that goes on, before and behind those that end.
			others = append(others, loop.Go("", func() error {
				_, _, err := eventloop.Wait(eventloop.AllDone, last)
				return err
			}))
			loop.Yield()
			eventloop.Wait(eventloop.FirstDone, last, soon(), last)
			eventloop.Gather(soon(), last, fails)
			for range eventloop.AsCompleted(last, soon()) {
				break
			}
			loop.Timeout(time.Second, func() error {
				_, _, err := eventloop.Wait(eventloop.FirstDone, last)
				return err
			})
		}
		if n := eventloop.Watched(last); n != len(others) {
			t.Errorf("%d wait, and the task knows of %d", len(others), n)
		}
		never.Set()
		if _, err := eventloop.Gather(others...); err != nil {
			t.Error(err)
		}
	})
}
