package processes_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/processes"
)

// sharing is one of each kind, as an argument.
type sharing struct {
	Lock      *processes.Lock
	Semaphore *processes.Semaphore
	Event     *processes.Event
	Count     *processes.Value[int]
	Point     *processes.Value[point]
	Squares   *processes.Array[float64]
	Times     int
}

type point struct{ X, Y int }

func newSharing(times int) sharing {
	return sharing{
		processes.NewLock("guard"), processes.NewSemaphore("seats", 2), processes.NewEvent("go"),
		processes.NewValue(0), processes.NewValue(point{1, -1}), processes.NewArray[float64](100), times,
	}
}

// work counts under the lock by two steps that would be lost without it.
var work = processes.NewAction("work", func(s sharing) error {
	if err := s.Event.Wait(background); err != nil {
		return err
	}
	for range s.Times {
		err := s.Lock.With(background, func() error {
			s.Count.Store(s.Count.Load() + 1)
			return nil
		})
		if err != nil {
			return err
		}
		s.Point.Update(func(p point) point { return point{p.X + 1, p.Y - 1} })
		if err := s.Semaphore.With(background, func() error { return nil }); err != nil {
			return err
		}
		i := s.Count.Load() % s.Squares.Len()
		s.Squares.Set(i, float64(i*i))
	}
	return nil
})

func TestEverythingTogether(t *testing.T) {
	const workers, times = 4, 500
	s := newSharing(times)
	var running []*processes.Process
	for range workers {
		running = append(running, work.Start(t.Context(), s))
	}
	if err := s.Event.Set(); err != nil {
		t.Fatal(err)
	}
	var sum sync.WaitGroup
	for range 2 { // the parent, too
		sum.Go(func() {
			for range times {
				if err := s.Lock.With(t.Context(), func() error { s.Count.Store(s.Count.Load() + 1); return nil }); err != nil {
					t.Error(err)
				}
				if p := s.Point.Load(); p.X != -p.Y {
					t.Error("half a change is seen:", p)
				}
			}
		})
	}
	sum.Wait()
	for _, p := range running {
		if err := p.Wait(); err != nil {
			t.Error(err)
		}
	}
	if got := s.Count.Load(); got != (workers+2)*times {
		t.Errorf("counted %d of %d", got, (workers+2)*times)
	}
	if got, want := s.Point.Load(), (point{1 + workers*times, -1 - workers*times}); got != want {
		t.Errorf("%v, not %v", got, want)
	}
	for i, square := range s.Squares.Slice() {
		if square != 0 && square != float64(i*i) || square != s.Squares.At(i) {
			t.Errorf("element %d is %v", i, square)
		}
	}
	if n, err := s.Semaphore.Permits(); n != 2 || err != nil {
		t.Error(n, err)
	}
}

func TestAdd(t *testing.T) {
	v := processes.NewValue(1.5)
	if got := processes.Add(v, 2); got != 3.5 || v.Load() != 3.5 {
		t.Error(got, v.Load())
	}
}

func TestAValueStaysIfItsChangeFails(t *testing.T) {
	v := processes.NewValue(7)
	reason := errors.New("no")
	if err := v.With(t.Context(), func(n *int) error { *n = 8; return reason }); err != reason || v.Load() != 7 {
		t.Error(err, v.Load())
	}
	func() {
		defer func() { recover() }()
		v.Update(func(int) int { panic("no") })
	}()
	if v.Store(9); v.Load() != 9 {
		t.Error(v.Load())
	}
}

// dying takes what it can, says so, and waits to be killed.
var dying = processes.NewAction("dying", func(s sharing) error {
	err := errors.Join(s.Lock.Lock(background), s.Semaphore.Acquire(background), s.Semaphore.Acquire(background))
	if err != nil {
		return err
	}
	return s.Squares.With(background, func(squares []float64) error {
		return s.Count.With(background, func(n *int) error {
			*n, squares[0] = 1, -1
			s.Event.Set()
			time.Sleep(time.Hour)
			return nil
		})
	})
})

func TestWhatTheDeadHeld(t *testing.T) {
	s := newSharing(0)
	p := dying.Start(t.Context(), s)
	if err := s.Event.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	if pid, err := s.Lock.Holder(); pid != p.Pid() || err != nil {
		t.Error(pid, err)
	}
	if held, err := s.Lock.TryLock(); held || err != nil {
		t.Error(held, err)
	}
	if got, err := s.Semaphore.TryAcquire(); got || err != nil {
		t.Error(got, err)
	}
	waiting := make(chan error, 1)
	go func() { waiting <- s.Lock.Lock(background) }()
	syscall.Kill(p.Pid(), syscall.SIGKILL)
	p.Wait()
	if err := <-waiting; !errors.Is(err, processes.ErrAbandoned) || !strings.Contains(err.Error(), "guard") {
		t.Error(err)
	}
	s.Lock.Unlock()
	if err := s.Lock.With(t.Context(), func() error { return nil }); err != nil {
		t.Error("told twice:", err)
	}
	if n, err := s.Semaphore.Permits(); n != 2 || err != nil {
		t.Error(n, err)
	}
	if got := s.Count.Load(); got != 0 {
		t.Error("half a change stands:", got)
	}
	if err := s.Squares.With(t.Context(), func([]float64) error { return nil }); !errors.Is(err, processes.ErrAbandoned) {
		t.Error(err)
	}
	if s.Squares.At(0) != -1 {
		t.Error("an array is no value, and has what was written")
	}
}

// Nobody tells a process that one of its brothers' children has died; whoever waits
// finds out.
var generation = processes.NewAction("generation", func(s sharing) error {
	return dying.Start(background, s).Wait()
})

func TestALockIsFreedWhenAGrandchildDies(t *testing.T) {
	s := newSharing(0)
	p := generation.Start(t.Context(), s)
	if err := s.Event.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	syscall.Kill(p.Pid(), syscall.SIGKILL)
	if err := s.Lock.Lock(t.Context()); !errors.Is(err, processes.ErrAbandoned) {
		t.Error(err)
	}
	p.Wait()
}

// heir waits for a lock that nobody gives back.
var heir = processes.NewAction("heir", func(s sharing) error {
	err := s.Lock.Lock(background)
	if errors.Is(err, processes.ErrAbandoned) {
		return nil
	}
	return fmt.Errorf("the lock was not left by anybody: %w", err)
})

func TestALockIsInheritedFromABrothersChild(t *testing.T) {
	s := newSharing(0)
	p := generation.Start(t.Context(), s)
	if err := s.Event.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	waiting := heir.Start(t.Context(), s)
	syscall.Kill(p.Pid(), syscall.SIGKILL)
	p.Wait()
	if err := waiting.Wait(); err != nil {
		t.Error(err)
	}
}

var talk = processes.NewAction("talk", func(e *processes.End[string]) error {
	for {
		text, err := e.Recv(background)
		if err == io.EOF {
			return nil
		}
		if err == nil && text == "die" {
			e.Send(background, "last words")
			syscall.Kill(os.Getpid(), syscall.SIGKILL)
		}
		if err == nil {
			err = e.Send(background, strings.ToUpper(text))
		}
		if err != nil {
			return err
		}
	}
})

func TestPipe(t *testing.T) {
	a, b := processes.NewPipe[string](4)
	p := talk.Start(t.Context(), b)
	for _, text := range []string{"one", "two", strings.Repeat("long", 10_000)} {
		if err := a.Send(t.Context(), text); err != nil {
			t.Fatal(err)
		}
		if got, err := a.Recv(t.Context()); got != strings.ToUpper(text) || err != nil {
			t.Fatal(got, err)
		}
	}
	if _, err := b.Recv(t.Context()); err == nil || !strings.Contains(err.Error(), "it was passed to a process") {
		t.Error(err)
	}
	if err := errors.Join(a.Close(), a.Close(), p.Wait()); err != nil {
		t.Error(err)
	}
}

func TestPipeToTheDead(t *testing.T) {
	a, b := processes.NewPipe[string](4)
	p := talk.Start(t.Context(), b)
	if err := a.Send(t.Context(), "die"); err != nil {
		t.Fatal(err)
	}
	if got, err := a.Recv(t.Context()); got != "last words" || err != nil {
		t.Error(got, err)
	}
	if _, err := a.Recv(t.Context()); err != io.EOF {
		t.Error(err)
	}
	if err := a.Send(t.Context(), "hello?"); err != io.ErrClosedPipe {
		t.Error(err)
	}
	p.Wait()
}

func TestMisuseOfWhatIsShared(t *testing.T) {
	for want, misuse := range map[string]func(){
		"processes: Unlock of the lock guard, which this process does not have":          processes.NewLock("guard").Unlock,
		"processes: Release of the semaphore seats, of which this process has no permit": processes.NewSemaphore("seats", 1).Release,
		"processes: NewValue: a string has pointers in it":                               func() { processes.NewValue("text").Load() },
		"processes: NewArray: a []int has pointers in it":                                func() { processes.NewArray[[]int](3).At(0) },
		"processes: NewArray(0): an array has at least one element, and takes at most":   func() { processes.NewArray[int](0).Len() },
		"runtime error: index out of range [3] with length 3":                            func() { processes.NewArray[int](3).Set(3, 1) },
	} {
		t.Run(want, func(t *testing.T) {
			defer func() {
				var got string
				switch v := recover().(type) {
				case error:
					got = v.Error()
				case string:
					got = v
				}
				if !strings.HasPrefix(got, want) {
					t.Errorf("%q", got)
				}
			}()
			misuse()
		})
	}
	if err := processes.NewSemaphore("none", 0).Acquire(t.Context()); err == nil || !strings.Contains(err.Error(), `NewSemaphore("none", 0): a semaphore has 1 to`) {
		t.Error(err)
	}
}

func TestContextsEndWaits(t *testing.T) {
	s := newSharing(0)
	if err := errors.Join(s.Lock.Lock(t.Context()), s.Semaphore.Acquire(t.Context()), s.Semaphore.Acquire(t.Context())); err != nil {
		t.Fatal(err)
	}
	p := work.Start(t.Context(), s) // so that another process may help
	reason := errors.New("enough")
	for name, wait := range map[string]func(context.Context) error{
		"lock": s.Lock.Lock, "semaphore": s.Semaphore.Acquire, "event": s.Event.Wait,
	} {
		ctx, cancel := context.WithCancelCause(t.Context())
		got := make(chan error, 1)
		go func() { got <- wait(ctx) }()
		cancel(reason)
		if err := <-got; err != reason {
			t.Errorf("%s: %v", name, err)
		}
	}
	s.Lock.Unlock()
	s.Semaphore.Release()
	if err := errors.Join(s.Event.Set(), p.Wait()); err != nil {
		t.Error(err)
	}
}
