package eventloop_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"github.com/interleave-lab/interleave/kernel-helpers/eventloop"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

type Loop = eventloop.Loop

// run runs main and returns its error and what was told on standard error.
func run(main func(*Loop) error, options ...eventloop.Option) (told string, err error) {
	var stderr strings.Builder
	options = append([]eventloop.Option{eventloop.Stderr(&stderr), eventloop.Slow(time.Hour)}, options...)
	err = eventloop.Run(main, options...)
	return stderr.String(), err
}

// quiet runs main and fails the test if anything goes wrong.
func quiet(t *testing.T, main func(*Loop)) {
	t.Helper()
	told, err := run(func(loop *Loop) error { main(loop); return nil })
	if told != "" || err != nil {
		t.Errorf("told %q, error %v", told, err)
	}
}

// panicOf returns what f panicked with.
func panicOf(f func()) (v any) {
	defer func() { v = recover() }()
	f()
	return nil
}

// diary notes what happens, and when on the loop's clock.
type diary struct {
	loop    *Loop
	entries []string
}

func (d *diary) note(what ...any) {
	d.entries = append(d.entries, fmt.Sprint(d.loop.Now(), " ", fmt.Sprint(what...)))
}

func (d *diary) expect(t *testing.T, want ...string) {
	t.Helper()
	if got := strings.Join(d.entries, "\n"); got != strings.Join(want, "\n") {
		t.Errorf("got:\n%s\nwant:\n%s", got, strings.Join(want, "\n"))
	}
}

func TestNapsOverlapInVirtualTime(t *testing.T) {
	began := time.Now()
	quiet(t, func(loop *Loop) {
		nap := func(n int, d time.Duration) *eventloop.Task[int] {
			return eventloop.Go(loop, "", func() (int, error) {
				for range n {
					if err := loop.Sleep(d); err != nil {
						return 0, err
					}
				}
				return n, nil
			})
		}
		a, b, c := nap(5, time.Second), nap(5, 2*time.Second), nap(4, 1500*time.Millisecond)
		got, err := eventloop.Gather(a, b, c)
		if fmt.Sprint(got, err, loop.Now()) != "[5 5 4] <nil> 10s" {
			t.Error(got, err, loop.Now())
		}
		if a.Name() != "task 2" {
			t.Error("name", a.Name())
		}
	})
	if real := time.Since(began); real > 5*time.Second {
		t.Error("took", real)
	}
}

func TestTurnsComeInOrder(t *testing.T) {
	quiet(t, func(loop *Loop) {
		d := &diary{loop: loop}
		var tasks []*eventloop.Task[eventloop.None]
		for _, name := range []string{"A", "B", "C"} {
			tasks = append(tasks, loop.Go(name, func() error {
				for i := range 2 {
					d.note(name, i)
					loop.Yield()
				}
				loop.Sleep(time.Second) // the same instant: in the order in which they asked
				d.note(name)
				return nil
			}))
		}
		loop.CallSoon(func() { d.note("soon") })
		stopped := loop.AfterFunc(time.Second/2, func() { d.note("never") })
		loop.AfterFunc(time.Second/2, func() { d.note("later"); stopped.Stop() })
		if !stopped.Stop() || stopped.Stop() {
			t.Error("Stop does not tell whether it stopped the timer")
		}
		eventloop.Gather(tasks...)
		d.expect(t, "0s A0", "0s B0", "0s C0", "0s soon", "0s A1", "0s B1", "0s C1", "500ms later", "1s A", "1s B", "1s C")
	})
}

func TestComputingKeepsTheLoop(t *testing.T) {
	told, _ := run(func(loop *Loop) error {
		d := &diary{loop: loop}
		greedy := loop.Go("greedy", func() error { loop.Compute(3 * time.Second); d.note("greedy"); return nil })
		patient := loop.Go("patient", func() error { loop.Sleep(time.Second); d.note("patient"); return nil })
		eventloop.Gather(greedy, patient)
		d.expect(t, "3s greedy", "4s patient") // its nap began late
		return nil
	}, eventloop.Slow(3*time.Second))
	if !strings.HasPrefix(told, "eventloop: task greedy kept the loop for 3.00 s, and nobody else could run; ") {
		t.Error(told)
	}
}

func TestRealTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		told, err := run(func(loop *Loop) error {
			d := &diary{loop: loop}
			a := loop.Go("A", func() error { loop.Sleep(3 * time.Second); d.note("A"); return nil })
			b := loop.Go("B", func() error { loop.Sleep(2 * time.Second); d.note("B"); return nil })
			c := loop.Go("C", func() error { loop.Sleep(2500 * time.Millisecond); loop.Compute(time.Second); return nil })
			_, err := eventloop.Gather(a, b, c)
			d.expect(t, "2s B", "3.5s A")
			return err
		}, eventloop.RealTime(), eventloop.Slow(time.Second))
		if took := time.Since(began); took != 3500*time.Millisecond || err != nil {
			t.Error(took, err)
		}
		if !strings.Contains(told, "task C kept the loop for 1.00 s") {
			t.Error(told)
		}
	})
}

func TestRunReturnsMainsError(t *testing.T) {
	if _, err := run(func(*Loop) error { return io.EOF }); err != io.EOF {
		t.Error(err)
	}
}

func TestWhatIsLeftIsCancelledWhenMainReturns(t *testing.T) {
	var cleaned []string
	told, err := run(func(loop *Loop) error {
		loop.Go("sleeper", func() error {
			err := loop.Sleep(time.Hour)
			loop.Sleep(time.Second) // cleaning up may take time
			cleaned = append(cleaned, fmt.Sprint(err, " ", loop.Now()))
			return err
		})
		queue := eventloop.NewQueue[int](loop, "q", 0)
		loop.Go("getter", func() error {
			_, err := queue.Get()
			cleaned = append(cleaned, fmt.Sprint(err))
			loop.Go("too late", func() error { t.Error("ran"); return nil })
			return err
		})
		loop.Yield()
		loop.Go("late", func() error { t.Error("ran"); return nil })
		return nil
	})
	got := strings.Join(cleaned, "; ")
	if want := "eventloop: task getter was cancelled while it waited for a value in queue q; eventloop: task sleeper was cancelled while it waited for the end of its nap 1s"; got != want || told != "" || err != nil {
		t.Errorf("%s\ntold %q, error %v", got, told, err)
	}
}

func TestATaskThatIgnoresItsEndIsEnded(t *testing.T) {
	cleaned := 0
	told, _ := run(func(loop *Loop) error {
		loop.Go("ticker", func() error {
			defer func() { cleaned++ }()
			for {
				loop.Sleep(time.Second)
			}
		})
		loop.Go("stuck", func() error {
			defer func() { cleaned++ }()
			defer loop.Sleep(time.Second) // not even that keeps it
			event := eventloop.NewEvent(loop, "dawn")
			for event.Wait() != nil {
			}
			return nil
		})
		return loop.Sleep(time.Second)
	})
	if cleaned != 2 || strings.Count(told, "eventloop: task ") != 2 || !strings.Contains(told, "task ticker is ended in `loop.Sleep(time.Second)` (eventloop_test.go:") {
		t.Errorf("%d cleaned up; told %s", cleaned, told)
	}
}

func TestATaskThatWaitsInVainWhenTheLoopIsOverIsEnded(t *testing.T) {
	cleaned := false
	told, _ := run(func(loop *Loop) error {
		loop.Go("stuck", func() error {
			defer func() { cleaned = true }()
			event := eventloop.NewEvent(loop, "dawn")
			event.Wait()
			return event.Wait()
		})
		return loop.Yield()
	})
	if want := "eventloop: task stuck was cancelled and now waits for event dawn, which nobody will bring; it is ended\n"; told != want || !cleaned {
		t.Error(told, cleaned)
	}
}

func TestFailuresThatNobodyAwaitsAreTold(t *testing.T) {
	told, err := run(func(loop *Loop) error {
		loop.Go("lost", func() error { return io.EOF })
		loop.Go("boom", func() error { panic("no luck") })
		seen := loop.Go("seen", func() error { return io.EOF })
		if _, err := seen.Await(); err != io.EOF {
			t.Error(err)
		}
		if _, err := seen.Await(); err != io.EOF || !seen.IsDone() { // again is fine
			t.Error(err)
		}
		return nil
	})
	want := []string{
		"eventloop: task lost failed, and nobody awaited it: EOF",
		"eventloop: task boom panicked: no luck, at `loop.Go(\"boom\", func() error { panic(\"no luck\") })` (eventloop_test.go:",
	}
	lines := strings.Split(strings.TrimSpace(told), "\n")
	if err != nil || len(lines) != 2 || lines[0] != want[0] || !strings.HasPrefix(lines[1], want[1]) || !strings.HasSuffix(lines[1], "; nobody awaited it") {
		t.Error(told, err)
	}
}

func TestPanicsReachTheAwaiter(t *testing.T) {
	cleaned := false
	p, _ := panicOf(func() {
		run(func(loop *Loop) error {
			loop.Go("bystander", func() error {
				defer func() { cleaned = true }()
				return loop.Sleep(time.Hour)
			})
			_, err := loop.Go("inner", func() error { panic(io.ErrUnexpectedEOF) }).Await()
			var p *eventloop.PanicError
			if !errors.As(err, &p) || p.Task != "inner" || !errors.Is(err, io.ErrUnexpectedEOF) {
				t.Error(err)
			}
			panic(err) // keeps who began it
		})
	}).(*eventloop.PanicError)
	if p == nil || p.Task != "inner" || !cleaned {
		t.Error(p, cleaned)
	}
	if !strings.HasPrefix(p.Stack, "`_, err := loop.Go(\"inner\"") {
		t.Error(p.Stack)
	}
}

func TestGoexitEndsTheCaller(t *testing.T) {
	cleaned := 0
	t.Run("inner", func(t *testing.T) {
		defer func() { cleaned++ }()
		run(func(loop *Loop) error {
			loop.Go("bystander", func() error {
				defer func() { cleaned++ }()
				return loop.Sleep(time.Hour)
			})
			loop.Go("asserts", func() error { t.SkipNow(); return nil })
			return loop.Sleep(time.Hour)
		})
		t.Error("Run returned")
	})
	if cleaned != 2 {
		t.Error(cleaned, "functions were cleaned up")
	}
}

func TestACallbacksPanicIsRuns(t *testing.T) {
	cleaned := false
	got := panicOf(func() {
		run(func(loop *Loop) error {
			defer func() { cleaned = true }()
			loop.CallSoon(func() { panic("no luck") })
			return loop.Sleep(time.Second)
		})
	})
	if got != "no luck" || !cleaned {
		t.Error(got, cleaned)
	}
}
