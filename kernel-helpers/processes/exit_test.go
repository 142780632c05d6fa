package processes_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/race"
	"github.com/interleave-lab/interleave/kernel-helpers/processes"
)

var end = processes.NewFunc("end", func(how string) (int, error) {
	switch how {
	case "exit 0":
		os.Exit(0)
	case "exit 3":
		os.Exit(3)
	case "panic":
		var list []int
		fmt.Fprintln(os.Stderr, "about to panic")
		return list[5], nil
	case "panic in a goroutine":
		fmt.Fprintln(os.Stderr, "about to panic")
		go func() { panic(errors.New("nobody looks after me")) }()
		time.Sleep(time.Hour)
	case "goexit":
		runtime.Goexit()
	case "deadlock":
		<-make(chan int)
	case "stack overflow":
		debug.SetMaxStack(1 << 20)
		return recurse(1), nil
	case "SIGKILL":
		syscall.Kill(os.Getpid(), syscall.SIGKILL)
		time.Sleep(time.Hour)
	case "SIGTERM":
		syscall.Kill(os.Getpid(), syscall.SIGTERM)
		time.Sleep(time.Hour)
	case "says panic":
		fmt.Fprintln(os.Stderr, "panic: no, all is well")
		return 1, nil
	case "forever":
		for {
		}
	}
	return 0, nil
})

func recurse(n int) int { return recurse(n+1) + 1 }

func TestEndings(t *testing.T) {
	for _, test := range []struct {
		how    string
		want   processes.ExitError
		says   string // the error, after the process
		stack  string // part of the first line of the stack
		stderr string // all of it
	}{
		{how: "exit 0", want: processes.ExitError{Code: 0}, says: "ended with exit status 0 before its function returned"},
		{how: "exit 3", want: processes.ExitError{Code: 3}, says: "ended with exit status 3 before its function returned"},
		{how: "panic", want: processes.ExitError{Code: 2, Panic: "runtime error: index out of range [5] with length 0"},
			says: "panicked: runtime error: index out of range [5] with length 0, at `return list[5], nil` (exit_test.go:", stack: "return list[5], nil",
			stderr: "end: about to panic\n"},
		{how: "panic in a goroutine", want: processes.ExitError{Code: 2, Panic: "nobody looks after me"},
			says: "panicked: nobody looks after me, at `go func() { panic(", stack: "go func() { panic(",
			stderr: "end: about to panic\n"},
		{how: "deadlock", want: processes.ExitError{Code: 2, Panic: "all goroutines are asleep - deadlock!"},
			says: "panicked: all goroutines are asleep - deadlock!, at `<-make(chan int)`", stack: "<-make(chan int)"},
		{how: "stack overflow", want: processes.ExitError{Code: 2, Panic: "stack overflow"},
			says: "panicked: stack overflow, at `func recurse(n int)", stack: "func recurse"},
		{how: "SIGKILL", want: processes.ExitError{Code: -1, Signal: syscall.SIGKILL}, says: "was killed by SIGKILL (killed)"},
		{how: "SIGTERM", want: processes.ExitError{Code: -1, Signal: syscall.SIGTERM}, says: "was killed by SIGTERM (terminated)"},
	} {
		t.Run(test.how, func(t *testing.T) {
			if test.how == "deadlock" && race.Enabled {
				t.Skip("the race detector hides deadlocks")
			}
			var p *processes.Call[int]
			var err error
			_, stderr := captured(t, func() {
				p = end.Named("end").Start(t.Context(), test.how)
				_, err = p.Wait()
			})
			var got *processes.ExitError
			if !errors.As(err, &got) {
				t.Fatalf("%T: %v", err, err)
			}
			if first, _, _ := strings.Cut(got.Stack, "\n"); !strings.Contains(first, test.stack) || (first == "") != (test.stack == "") {
				t.Errorf("stack %q", got.Stack)
			}
			if want := fmt.Sprintf("process end (pid %d) %s", p.Pid(), test.says); !strings.HasPrefix(err.Error(), want) {
				t.Errorf("%q\nnot %q", err, want)
			}
			if stderr != test.stderr {
				t.Errorf("stderr %q, not %q", stderr, test.stderr)
			}
			test.want.Name, test.want.Pid, test.want.Stack = "end", p.Pid(), got.Stack
			if *got != test.want {
				t.Errorf("%+v\nnot %+v", *got, test.want)
			}
		})
	}
}

func TestGoexit(t *testing.T) {
	_, err := end.Start(t.Context(), "goexit").Wait()
	if err == nil || !strings.Contains(err.Error(), "called runtime.Goexit, so there is no result") {
		t.Error(err)
	}
}

func TestSayingPanicIsNoPanic(t *testing.T) {
	_, stderr := captured(t, func() {
		if n, err := end.Named("end").Start(t.Context(), "says panic").Wait(); n != 1 || err != nil {
			t.Error(n, err)
		}
	})
	if stderr != "end: panic: no, all is well\n" {
		t.Errorf("%q", stderr)
	}
}

func TestDeadlineKills(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := end.Start(ctx, "forever").Wait(); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
}

func TestCancelledBeforeStart(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errors.New("changed my mind"))
	p := end.Named("end").Start(ctx, "forever")
	if _, err := p.Wait(); err == nil || err.Error() != "process end was not started: changed my mind" || p.Pid() != 0 {
		t.Error(err, p.Pid())
	}
}
