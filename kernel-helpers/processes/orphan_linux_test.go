package processes_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/interleave-lab/interleave/kernel-helpers/processes"
)

// watchProcess returns a function that waits until the process has ended.
func watchProcess(t *testing.T, pid int) (gone func()) {
	t.Helper()
	fd, err := unix.PidfdOpen(pid, 0)
	if err != nil {
		t.Fatalf("process %d: %v", pid, err)
	}
	return func() {
		t.Helper()
		defer unix.Close(fd)
		n, err := 0, error(unix.EINTR)
		for err == unix.EINTR {
			n, err = unix.Poll([]unix.PollFd{{Fd: int32(fd), Events: unix.POLLIN}}, 10_000)
		}
		if n != 1 {
			t.Errorf("process %d lives on (%v)", pid, err)
			syscall.Kill(pid, syscall.SIGKILL)
		}
	}
}

// parents says its number, starts a process that does not end, and one that this
// one starts, and does not end itself.
var parents = processes.NewAction("parents", func(generations int) error {
	fmt.Println("pid", os.Getpid())
	if generations > 0 {
		startParents(generations - 1)
	}
	for {
		time.Sleep(time.Hour)
	}
})

var startParents func(int) *processes.Process

func init() {
	startParents = func(n int) *processes.Process { return parents.Start(context.Background(), n) }
	started := func() {
		parseFlags()
		for range 2 {
			startParents(1)
		}
	}
	programs["waits"] = func() {
		started()
		select {}
	}
	programs["has a worker"] = func() {
		parseFlags()
		w := processes.NewWorker(getpid, "worker")
		for range 4 { // it waits for calls in shared memory
			pid, err := w.Call(context.Background(), struct{}{})
			fmt.Println("pid", pid, err)
		}
		select {}
	}
	programs["forgets to wait"] = func() {
		started()
		fmt.Println("pid", os.Getpid())
		bufio.NewReader(os.Stdin).ReadString('\n')
	}
}

func TestNoOrphans(t *testing.T) {
	for _, test := range []struct {
		name    string
		program string
		end     func(*exec.Cmd, *os.File)
	}{
		{"the parent is interrupted", "waits", func(c *exec.Cmd, _ *os.File) { c.Process.Signal(os.Interrupt) }},
		{"the parent is killed", "waits", func(c *exec.Cmd, _ *os.File) { c.Process.Kill() }},
		{"a worker's parent is killed", "has a worker", func(c *exec.Cmd, _ *os.File) { c.Process.Kill() }},
		{"main returns", "forgets to wait", func(_ *exec.Cmd, stdin *os.File) { stdin.WriteString("\n") }},
	} {
		t.Run(test.name, func(t *testing.T) {
			cmd := program(test.program)
			stdout, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			r, stdin, err := os.Pipe()
			if err != nil {
				t.Fatal(err)
			}
			defer stdin.Close()
			cmd.Stdin = r
			cmd.Stderr = os.Stderr
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			r.Close()
			want := 4
			if test.program == "forgets to wait" {
				want++
			}
			var gone []func()
			for lines := bufio.NewScanner(stdout); len(gone) < want && lines.Scan(); {
				_, pid, _ := strings.Cut(lines.Text(), "pid ")
				var n int
				fmt.Sscan(pid, &n)
				gone = append(gone, watchProcess(t, n))
			}
			if len(gone) != want {
				t.Errorf("%d processes, not %d", len(gone), want)
			}
			test.end(cmd, stdin)
			for _, wait := range gone {
				wait()
			}
			cmd.Wait()
		})
	}
}

func TestCancelKills(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	p := end.Start(ctx, "forever")
	gone := watchProcess(t, p.Pid())
	cancel()
	_, err := p.Wait()
	if !errors.Is(err, context.Canceled) || !strings.HasSuffix(err.Error(), "was stopped: context canceled") {
		t.Error(err)
	}
	gone()
}

var leavesBehind = processes.NewFunc("leaves behind", func(struct{}) (int, error) {
	cmd := exec.Command("sleep", "1000")
	cmd.Stdout = os.Stdout // holds the pipe open
	err := cmd.Start()
	fmt.Println("left", cmd.Process.Pid)
	return cmd.Process.Pid, err
})

func TestWhatAChildLeavesBehindEnds(t *testing.T) {
	captured(t, func() {
		pid, err := leavesBehind.Start(t.Context(), struct{}{}).Wait()
		if err != nil {
			t.Fatal(err)
		}
		if fd, err := unix.PidfdOpen(pid, 0); err == nil {
			unix.Close(fd)
			watchProcess(t, pid)()
		}
	})
}
