package threads_test

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"github.com/interleave-lab/interleave/kernel-helpers/threads"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// panicOf returns what f panicked with.
func panicOf(f func()) (v any) {
	defer func() { v = recover() }()
	f()
	return nil
}

func TestThreadRunsOnceStartedAndIsJoined(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var ran bool
		th := threads.New("worker 1", func() {
			time.Sleep(time.Hour)
			ran = true
		})
		synctest.Wait()
		if th.Name() != "worker 1" {
			t.Error("name", th.Name())
		}
		th.Start()
		select {
		case <-th.Done():
			t.Error("done before it ran")
		default:
		}
		th.Join()
		th.Join() // again is fine
		if !ran {
			t.Error("Join returned before the thread had ended")
		}
		<-th.Done()
	})
}

func TestPanicIsCarriedToJoin(t *testing.T) {
	th := threads.Go("worker 1", func() { explode(io.ErrUnexpectedEOF) })
	for range 2 { // every Join tells
		p, ok := panicOf(th.Join).(*threads.PanicError)
		if !ok {
			t.Fatal("Join panicked with something else, or not at all")
		}
		if p.Thread != "worker 1" || !errors.Is(p, io.ErrUnexpectedEOF) {
			t.Errorf("carried %q from %q", p.Value, p.Thread)
		}
		if lines := strings.Split(p.Stack, "\n"); len(lines) != 2 || !strings.Contains(lines[0], "panic(v)") || !strings.Contains(lines[1], "explode(io.") {
			t.Errorf("the stack is %q", lines)
		}
	}
}

//go:noinline
func explode(v any) { panic(v) }

func TestPanicThroughTwoJoinsNamesTheThreadThatPanicked(t *testing.T) {
	outer := threads.Go("outer", func() {
		threads.Go("inner", func() { explode("boom") }).Join()
	})
	p := panicOf(outer.Join).(*threads.PanicError)
	if p.Thread != "inner" || p.Value != "boom" || p.Unwrap() != nil {
		t.Errorf("got %q from %q", p.Value, p.Thread)
	}
}

func TestGoexitEndsAThread(t *testing.T) {
	threads.Go("quits", runtime.Goexit).Join()
}

func TestMisuseSaysWhatToDo(t *testing.T) {
	run := threads.Go("worker 1", func() {})
	run.Join()
	var self *threads.Thread
	start := make(chan struct{})
	self = threads.Go("narcissus", func() { <-start; self.Join() })
	close(start)
	<-self.Done()
	for name, c := range map[string]struct {
		do   func()
		want string
	}{
		"start twice":        {run.Start, "threads: worker 1 was started before; a thread runs once"},
		"join before start":  {threads.New("lazy", nil).Join, "threads: Join of lazy, which was not started"},
		"join itself":        {self.Join, "thread narcissus panicked, as told before: threads: narcissus cannot join itself"},
		"join a plain one":   {threads.Current().Join, "threads: goroutine "},
		"start the main one": {threads.Current().Start, "threads: goroutine "},
	} {
		t.Run(name, func(t *testing.T) {
			got := fmt.Sprint(panicOf(c.do))
			if !strings.HasPrefix(got, c.want) {
				t.Errorf("panic %q, want %q", got, c.want)
			}
		})
	}
}

func TestCurrentIsTheThreadThatAsks(t *testing.T) {
	var group threads.Group
	for id := range 20 {
		name := fmt.Sprint("worker ", id)
		group.Go(name, func() {
			if got := threads.Current().Name(); got != name {
				t.Errorf("%s thinks it is %s", name, got)
			}
			plain := make(chan string)
			go func() { plain <- threads.Current().Name() }()
			if got := <-plain; !strings.HasPrefix(got, "goroutine ") {
				t.Errorf("a plain goroutine is called %s", got)
			}
		})
	}
	group.Wait()
}

func TestGroupWaitsForAllAndCanBeUsedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var group threads.Group
		var ended atomic.Int32
		for round := range 2 {
			for id := range 5 {
				group.Go(fmt.Sprint("worker ", id), func() {
					time.Sleep(time.Duration(id) * time.Second)
					if id == 0 { // a thread may start another
						group.Go("late", func() { time.Sleep(time.Hour); ended.Add(1) })
					}
					ended.Add(1)
				})
			}
			group.Wait()
			if got := ended.Load(); got != int32(6*(round+1)) {
				t.Errorf("round %d: %d threads had ended", round, got)
			}
		}
	})
}

func TestGroupCarriesTheFirstPanicOnceAllHaveEnded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var group threads.Group
		ended := false
		group.Go("first", func() { time.Sleep(1 * time.Second); explode("one") })
		group.Go("second", func() { time.Sleep(2 * time.Second); explode("two") })
		group.Go("third", func() { time.Sleep(3 * time.Second); ended = true })
		p := panicOf(group.Wait).(*threads.PanicError)
		if p.Value != "one" || !ended {
			t.Errorf("carried %v; all had ended: %v", p.Value, ended)
		}
		group.Wait() // told once
	})
}

func BenchmarkStartJoin(b *testing.B) {
	b.Run("thread", func(b *testing.B) {
		for b.Loop() {
			threads.Go("worker", func() {}).Join()
		}
	})
	b.Run("goroutine and channel", func(b *testing.B) {
		for b.Loop() {
			done := make(chan struct{})
			go func() { close(done) }()
			<-done
		}
	})
	b.Run("goroutine and WaitGroup", func(b *testing.B) {
		var wg sync.WaitGroup
		for b.Loop() {
			wg.Go(func() {})
			wg.Wait()
		}
	})
}
