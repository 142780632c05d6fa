package processes_test

import (
	"context"
	"encoding/gob"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/race"
	"github.com/interleave-lab/interleave/kernel-helpers/processes"
)

type (
	withHidden  struct{ count int }
	withLock    struct{ Mu sync.Mutex }
	withChannel struct{ Out chan int }
	withFunc    struct{ Less func(a, b int) bool }
	shape       interface{ Area() float64 }
	circle      struct{ R float64 }
)

func (c circle) Area() float64 { return c.R }

func ignore[A any](A) (int, error) { return 0, nil }

var (
	twin1       = processes.NewFunc("twin", ignore[int])
	twin2       = processes.NewFunc("twin", ignore[string])
	nameless    = processes.NewFunc("", ignore[int])
	nothing     = processes.NewFunc[int, int]("nothing", nil)
	hidden      = processes.NewFunc("hidden", ignore[withHidden])
	deep        = processes.NewFunc("deep", ignore[map[string][]*withHidden])
	lock        = processes.NewFunc("lock", ignore[withLock])
	channel     = processes.NewFunc("channel", ignore[chan int])
	channelDeep = processes.NewFunc("channelDeep", ignore[withChannel])
	function    = processes.NewFunc("function", ignore[withFunc])
	set         = processes.NewFunc("set", ignore[map[string]struct{}])
	anything    = processes.NewFunc("anything", ignore[shape])
	badResult   = processes.NewFunc("badResult", func(int) (chan int, error) { return nil, nil })
	badAny      = processes.NewFunc("badAny", func(int) (any, error) { return circle{1}, nil })
	unused      = processes.NewQueue[int](0)
)

func wait[R any](c *processes.Call[R]) error {
	_, err := c.Wait()
	return err
}

func TestMistakes(t *testing.T) {
	ctx := t.Context()
	local := 7
	for _, test := range []struct {
		name string
		err  error
		says []string
	}{
		{"two functions of one name", wait(twin1.Start(ctx, 1)), []string{"processes: twin: two functions have this name (", "twin1 ", "twin2 ", "rename one, or forget the old variable with %rm"}},
		{"no name", wait(nameless.Start(ctx, 1)), []string{"needs a name", "nameless "}},
		{"no function", wait(nothing.Start(ctx, 1)), []string{"processes: nothing: the function is nil"}},
		{"declared in a function", wait(processes.NewFunc("closure", func(int) (int, error) { return local, nil }).Start(ctx, 1)),
			[]string{"processes: closure: it is declared inside a function", "declare it at package level, var … = processes.NewFunc(…), above main"}},
		{"an unexported field", wait(hidden.Start(ctx, withHidden{1})),
			[]string{"processes: hidden: its argument cannot travel to another process: the field count of processes_test.withHidden is not exported, and only exported fields travel: name it Count"}},
		{"an unexported field, deep", wait(deep.Start(ctx, nil)), []string{"the field count of processes_test.withHidden is not exported"}},
		{"a mutex", wait(lock.Start(ctx, withLock{})), []string{"the field Mu of processes_test.withLock is a sync.Mutex, which works inside one process"}},
		{"a channel", wait(channel.Start(ctx, nil)), []string{"chan int is a channel, and a channel lives inside one process: use processes.NewQueue"}},
		{"a channel in a struct", wait(channelDeep.Start(ctx, withChannel{})), []string{"the field Out of processes_test.withChannel is a channel"}},
		{"a function", wait(function.Start(ctx, withFunc{})), []string{"the field Less of processes_test.withFunc is a function", "write the function at package level"}},
		{"a set", wait(set.Start(ctx, nil)), []string{"the value of map[string]struct {} is the empty struct", "use a bool"}},
		{"an interface", wait(anything.Start(ctx, circle{1})), []string{"add func init() { gob.Register(processes_test.circle{}) }"}},
		{"a channel as a result", wait(badResult.Start(ctx, 1)), []string{"its result cannot travel to another process: chan int is a channel"}},
		{"an interface as a result", wait(badAny.Start(ctx, 1)), []string{"its result cannot travel to another process", "gob.Register(processes_test.circle{})"}},
		{"an empty queue", unused.Put(ctx, 1), []string{"processes: NewQueue(0): a queue holds at least one value"}},
		{"an enormous queue", processes.NewQueue[int](1<<30).Put(ctx, 1), []string{"a queue holds at most"}},
		{"a queue of channels", processes.NewQueue[chan int](1).Put(ctx, nil), []string{"processes: chan int cannot travel through a queue", "is a channel"}},
		{"a queue that nobody made", new(processes.Queue[int]).Put(ctx, 1), []string{"not made by its New function (NewQueue"}},
		{"one that was given a name", new(processes.Queue[int]).Named("jobs").Put(ctx, 1), []string{"not made by its New function (NewQueue"}},
		{"a pipe that nobody made", new(processes.End[int]).Send(ctx, 1), []string{"not made by its New function (NewQueue, NewPipe"}},
		{"closing it", new(processes.End[int]).Close(), []string{"not made by its New function"}},
		{"a queue in a queue", processes.NewQueue[*processes.Queue[int]](1).Put(ctx, processes.NewQueue[int](1)), []string{"a queue travels only as an argument of a process"}},
		{"a queue in a file", gob.NewEncoder(io.Discard).Encode(processes.NewQueue[int](1)), []string{"a queue travels only as an argument of a process"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, part := range test.says {
				if test.err == nil || !strings.Contains(test.err.Error(), part) {
					t.Errorf("%v\ndoes not say: %s", test.err, part)
				}
			}
		})
	}
}

var common = processes.NewQueue[int](1) // each process has its own

var useCommon = processes.NewAction("useCommon", func(struct{}) error { return common.Put(context.Background(), 1) })

func TestQueueAsPackageVariable(t *testing.T) {
	err := useCommon.Start(t.Context(), struct{}{}).Wait()
	if err == nil || !strings.Contains(err.Error(), "each process has one of its own: pass the queue to the process as an argument") {
		t.Error(err)
	}
}

var makeQueue = processes.NewFunc("makeQueue", func(struct{}) (*processes.Queue[int], error) { return processes.NewQueue[int](1), nil })

func TestQueueAsResult(t *testing.T) {
	_, err := makeQueue.Start(t.Context(), struct{}{}).Wait()
	if err == nil || !strings.Contains(err.Error(), "let the parent make it and pass it") {
		t.Error(err)
	}
}

// Mains that are written by hand.

func init() {
	programs["does not parse"] = func() {
		_, err := square.Start(context.Background(), 1).Wait()
		fmt.Println(err)
	}
	programs["parses in the parent alone"] = func() {
		if !strings.Contains(strings.Join(os.Args, " "), "interleave.child") {
			parseFlags()
		}
		_, err := square.Start(context.Background(), 1).Wait()
		fmt.Println(err)
	}
	programs["calls in order"] = func() {
		parseFlags()
		fmt.Println(square.Start(context.Background(), 3).Wait())
	}
	programs["deadlock after a process"] = func() {
		parseFlags()
		fmt.Println(square.Start(context.Background(), 3).Wait())
		<-make(chan int)
	}
	programs["get from nobody"] = func() {
		parseFlags()
		q := processes.NewQueue[int](1)
		fmt.Println(giveUp.Start(context.Background(), q).Wait())
		fmt.Println(q.Get(context.Background()))
	}
	programs["ignores the end of children"] = func() {
		parseFlags()
		signal.Ignore(syscall.SIGCHLD)
		fmt.Println(square.Start(context.Background(), 3).Wait())
		fmt.Println(end.Named("end").Start(context.Background(), "exit 3").Wait())
	}
	programs["called by hand"] = func() {
		os.Args = append(os.Args, "-interleave.child=square")
		parseFlags()
	}
}

var giveUp = processes.NewAction("giveUp", func(*processes.Queue[int]) error { panic("no more") })

func TestPrograms(t *testing.T) {
	for name, want := range map[string]string{
		"does not parse":              "make flag.Parse() the first line of main",
		"parses in the parent alone":  "ended with exit status 2 before its function began: main started a process before it called flag.Parse: make flag.Parse() its first line",
		"calls in order":              "9 <nil>\n",
		"deadlock after a process":    "9 <nil>\nfatal error: all goroutines are asleep - deadlock!",
		"get from nobody":             "fatal error: all goroutines are asleep - deadlock!",
		"ignores the end of children": "ended, and the system has forgotten how: the program ignores SIGCHLD",
		"called by hand":              "flag provided but not defined: -interleave.child",
	} {
		t.Run(name, func(t *testing.T) {
			if race.Enabled && strings.Contains(want, "asleep") {
				t.Skip("the race detector hides deadlocks")
			}
			out, _ := program(name).CombinedOutput()
			if !strings.Contains(string(out), want) {
				t.Errorf("%s\ndoes not say: %s", out, want)
			}
		})
	}
}
