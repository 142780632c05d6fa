package eventloop_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/eventloop"
)

func TestDeadlockIsTold(t *testing.T) {
	cleaned := 0
	err, _ := panicOf(func() {
		run(func(loop *Loop) error {
			mu := eventloop.NewMutex(loop, "mu")
			orders := eventloop.NewQueue[int](loop, "orders", 1)
			full := eventloop.NewQueue[int](loop, "full", 1)
			full.Put(1)
			var a *eventloop.Task[eventloop.None]
			b := loop.Go("B", func() error {
				defer func() { cleaned++ }()
				_, err := a.Await()
				return err
			})
			a = loop.Go("A", func() error {
				return mu.With(func() error {
					_, err := b.Await()
					return err
				})
			})
			loop.Go("locks", mu.Lock)
			loop.Go("gets", func() error { _, err := orders.Get(); return err })
			loop.Go("puts", func() error { return full.Put(2) })
			_, err := eventloop.Gather(a, b)
			return err
		})
	}).(*eventloop.DeadlockError)
	if err == nil {
		t.Fatal("no deadlock was found")
	}
	lines := strings.Split(err.Error(), "\n")
	for i, want := range []string{
		"eventloop: deadlock: no task can ever go on",
		"\ttask main waits for tasks A, B in `_, err := eventloop.Gather(a, b)` (misuse_test.go:",
		"\ttask B waits for task A in `_, err := a.Await()` (misuse_test.go:",
		"\ttask A waits for task B in `_, err := b.Await()` (misuse_test.go:",
		"\ttask locks waits for lock mu, held by A",
		"\ttask gets waits for a value in queue orders in `loop.Go(\"gets\",",
		"\ttask puts waits for room in queue full, which holds 1 in `loop.Go(\"puts\",",
	} {
		if !strings.HasPrefix(lines[i], want) {
			t.Errorf("line %d: %q, want %q", i, lines[i], want)
		}
	}
	if cleaned != 1 {
		t.Error("the tasks' deferred functions did not run")
	}
}

func TestDeferredFunctionsOfADeadlockWaitInVain(t *testing.T) {
	var log []string
	err, _ := panicOf(func() {
		run(func(loop *Loop) error {
			never := eventloop.NewEvent(loop, "never")
			other := eventloop.NewEvent(loop, "other")
			queue := eventloop.NewQueue[int](loop, "queue", 1)
			waits := func(cleanUp func()) {
				loop.Go("", func() error {
					defer cleanUp()
					return never.Wait()
				})
			}
			waits(func() { other.Wait(); log = append(log, "waited") })
			waits(func() { loop.Yield(); log = append(log, "yielded") })
			waits(func() { queue.Put(1); log = append(log, "put") }) // it has room
			waits(func() { other.Set(); never.Set(); log = append(log, "set") })
			return never.Wait()
		})
	}).(*eventloop.DeadlockError)
	if err == nil || len(err.Tasks) != 5 || strings.Join(log, " ") != "put set" {
		t.Error(err, log)
	}
}

func TestADeadlockOfManyIsToldInBrief(t *testing.T) {
	err, _ := panicOf(func() {
		run(func(loop *Loop) error {
			event := eventloop.NewEvent(loop, "dawn")
			for range 1000 {
				loop.Go("", event.Wait)
			}
			return event.Wait()
		})
	}).(*eventloop.DeadlockError)
	if err == nil || len(err.Tasks) != 1001 || !strings.HasSuffix(err.Error(), "\n\tand 981 more tasks wait") {
		t.Error(err)
	}
}

func TestMisuseSaysWhatToDo(t *testing.T) {
	elsewhere := func(f func()) (v any) {
		done := make(chan any)
		go func() { done <- panicOf(f) }()
		return <-done
	}
	inCallback := func(loop *Loop, f func()) (v any) {
		loop.CallSoon(func() { v = panicOf(f) })
		loop.Yield()
		return v
	}
	quiet(t, func(loop *Loop) {
		self := loop.Go("self", func() error { return nil })
		mu := eventloop.NewMutex(loop, "mu")
		semaphore := eventloop.NewSemaphore(loop, "s", 2)
		mu.Lock()
		for want, got := range map[string]any{
			"eventloop: Sleep in a goroutine that is no task of the loop; ":     elsewhere(func() { loop.Sleep(1) }),
			"eventloop: Await in a goroutine that is no task of the loop; ":     elsewhere(func() { self.Await() }),
			"eventloop: Go in a goroutine that is no task of the loop; ":        elsewhere(func() { loop.Go("", nil) }),
			"eventloop: Yield in a callback, which cannot wait; ":               inCallback(loop, func() { loop.Yield() }),
			"eventloop: Timeout in a callback, which cannot wait; ":             inCallback(loop, func() { loop.Timeout(1, nil) }),
			"eventloop: Lock of lock mu by main, which holds it: ":              panicOf(func() { mu.Lock() }),
			"eventloop: Release of semaphore s, which nobody holds":             panicOf(semaphore.Release),
			"eventloop: semaphore seats was made with 0 permits; ":              panicOf(func() { eventloop.NewSemaphore(loop, "seats", 0) }),
			"eventloop: Put of what has no loop; make it with its New function": panicOf(func() { new(eventloop.Queue[int]).Put(1) }),
		} {
			if !strings.HasPrefix(fmt.Sprint(got), want) {
				t.Errorf("panic %q, want %q", got, want)
			}
		}
		thief := loop.Go("thief", func() error { mu.Unlock(); return nil })
		if _, err := thief.Await(); !strings.Contains(fmt.Sprint(err), "eventloop: Unlock of lock mu by thief, which does not hold it") {
			t.Error(err)
		}
		var narcissus *eventloop.Task[eventloop.None]
		narcissus = loop.Go("narcissus", func() error { _, err := narcissus.Await(); return err })
		if _, err := narcissus.Await(); !strings.Contains(fmt.Sprint(err), "eventloop: Await of narcissus by itself: it would wait for ever") {
			t.Error(err)
		}
	})
	var left *Loop
	run(func(loop *Loop) error { left = loop; return nil })
	if got := fmt.Sprint(panicOf(func() { left.Sleep(1) })); got != "eventloop: Sleep after the loop has ended; use a loop only until Run returns" {
		t.Error(got)
	}
}

func TestBlockingTheLoopIsTold(t *testing.T) {
	told, _ := run(func(loop *Loop) error {
		task := loop.Go("rude", func() error {
			for range 2 {
				time.Sleep(210 * time.Millisecond) // blocks in earnest: that is the point
				loop.Yield()
			}
			return nil
		})
		_, err := task.Await()
		return err
	}, eventloop.Slow(200*time.Millisecond))
	if strings.Count(told, "task rude kept the loop for ") != 1 {
		t.Error(told)
	}
}
