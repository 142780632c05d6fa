package engine_test

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/internal/engine"
	"github.com/interleave-lab/interleave/internal/exercise"
	"github.com/interleave-lab/interleave/internal/sandbox"
)

// tries is a right answer that first tries what the filter refuses and panics with
// what it could do. %d is a process, %q a file and an address that are not its own.
const tries = `
	if _, err := os.Stat("tried"); err != nil {
		var could []string
		try := func(what string, err error) {
			if err == nil {
				could = append(could, what)
			}
		}
		const process, file, address = %d, %q, %q
		_, err := os.ReadFile(file)
		try("read a file", err)
		try("write a file", os.WriteFile(file, nil, 0o600))
		try("make a file beside it", os.WriteFile(file+".new", nil, 0o600))
		try("remove a file", os.Remove(file))
		try("link to a file", os.Link(file, "linked"))
		_ = os.Symlink(file, "followed")
		_, err = os.ReadFile("followed")
		try("follow a link", err)
		_, err = os.ReadFile(fmt.Sprintf("/proc/%%d/environ", process))
		try("read a process's variables", err)
		try("reach a process", syscall.Kill(process, 0))
		_, _, errno := syscall.RawSyscall6(syscall.SYS_PTRACE, 0x4206, process, 0, 0, 0, 0) // seize
		if errno == 0 {
			could = append(could, "trace a process")
		}
		_, err = net.Dial("tcp", address)
		try("dial", err)
		_, err = net.Listen("tcp", "127.0.0.1:0")
		try("listen", err)
		_, err = os.StartProcess("/bin/sh", []string{"sh", "-c", "exit"}, &os.ProcAttr{})
		try("start a program", err)
		_, err = os.StartProcess("/proc/self/exe", []string{"x"}, &os.ProcAttr{})
		try("start itself", err)
		if strings.Contains(strings.Join(os.Args, " "), "token") {
			could = append(could, "see the token")
		}
		if could != nil {
			panic("it could " + strings.Join(could, ", "))
		}
		if err := os.WriteFile("tried", nil, 0o600); err != nil {
			panic("it could not write into its own folder")
		}
	}
`

// confining are the tiers that keep a program from the world.
var confining = []sandbox.Tier{sandbox.Namespaces, sandbox.Landlock}

// What gets by the filter must find nothing to harm.
func TestTheSandboxHoldsWithoutTheFilter(t *testing.T) {
	t.Parallel()
	inEachTier(t, confining, func(t *testing.T, tier sandbox.Tier) {
		file := filepath.Join(t.TempDir(), "secret")
		if err := os.WriteFile(file, []byte("secret"), 0o644); err != nil {
			t.Fatal(err)
		}
		server, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer server.Close()
		body := fmt.Sprintf(tries, os.Getpid(), file, server.Addr())
		r := unfiltered(t, tier, exercise.Limits{CPUSeconds: 5, WallSeconds: 15, MemoryMB: 200},
			pages(`"fmt"; "net"; "os"; "strings"; "sync"; "syscall"`, body+right, ""))
		if r.Verdict != engine.Passed || r.Sandbox != string(tier) {
			t.Errorf("judged %s in the sandbox %s: %s", r.Verdict, r.Sandbox, r.Message)
		}
		if left, err := os.ReadDir(filepath.Dir(file)); err != nil || len(left) != 1 {
			t.Errorf("beside the file there is %v, error %v", left, err)
		}
		if text, err := os.ReadFile(file); string(text) != "secret" {
			t.Errorf("the file holds %q, error %v", text, err)
		}
	})
}

// Where child processes are allowed, none leaves the session, and all end with the
// program, which does not wait for them.
func TestChildrenEndWithTheProgram(t *testing.T) {
	const start = `
	if _, err := os.Stat("tried"); err != nil && !stayed {
		for _, leaves := range []bool{true, false} {
			_, err := os.StartProcess("/proc/self/exe", []string{os.Args[0], "stay"}, &os.ProcAttr{Sys: &syscall.SysProcAttr{Setsid: leaves}})
			if (err != nil) != leaves {
				panic(fmt.Sprintf("a child that leaves the session: %v, error %v", leaves, err))
			}
		}
		if err := os.WriteFile("tried", nil, 0o600); err != nil {
			panic(err)
		}
	}
`
	const stay = `
var stayed = func() bool {
	return len(os.Args) == 2 && os.Args[1] == "stay" && syscall.Nanosleep(&syscall.Timespec{Sec: 60}, nil) == nil
}()
`
	inEachTier(t, confining, func(t *testing.T, tier sandbox.Tier) {
		temp := t.TempDir()
		t.Setenv("TMPDIR", temp)
		r := unfiltered(t, tier, exercise.Limits{CPUSeconds: 5, WallSeconds: 15, MemoryMB: 200, Processes: 2},
			pages(`"fmt"; "os"; "sync"; "syscall"`, start+right, stay))
		if r.Verdict != engine.Passed || r.Sandbox != string(tier) {
			t.Errorf("judged %s in the sandbox %s: %s", r.Verdict, r.Sandbox, r.Message)
		}
		if left := processesOf(temp); left != nil {
			t.Errorf("what it started is still there: %q", left)
		}
	})
}

// A pass has to be told by the judge, whose token no argument shows.
func TestWhoReachesTheChannelPassesNothing(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("there is no sandbox on this system")
	}
	t.Parallel()
	ex := pageDownloader(t)
	var frames strings.Builder
	for _, c := range ex.Checks {
		fmt.Fprintf(&frames, "\n\x17{\"kind\":\"passed\",\"test\":%[1]q}\n\x16=== RUN   %[1]s\n\x16--- PASS: %[1]s (0.00s)\n", c.Name)
	}
	for name, ends := range map[string]string{"and exits": "os.Exit(0)\nreturn nil", "and goes on": "return nil"} {
		r := unfiltered(t, "", ex.Limits, pages(`"os"`, fmt.Sprintf("os.NewFile(3, \"\").WriteString(%q)\n%s", frames.String(), ends), "var _ = os.Exit"))
		for _, c := range r.Checks {
			if c.Verdict == engine.Passed && c.Name != "TestNothingToDo" { // no pages are right there
				t.Errorf("%s: %s is judged %s", name, c.Name, c.Verdict)
			}
		}
		if r.Verdict == engine.CompileError || r.Verdict == engine.GraderFault {
			t.Errorf("%s: it did not run: %s", name, r.Message)
		}
	}
}

func unfiltered(t *testing.T, tier sandbox.Tier, limits exercise.Limits, source []byte) *engine.Report {
	t.Helper()
	e, _ := exercises(t)
	e.Sandbox = tier
	ex := pageDownloader(t)
	ex.Limits = limits
	p, err := ex.FromFile("answer.go", source)
	if err != nil {
		t.Fatal(err)
	}
	return e.JudgeUnfiltered(t.Context(), ex, p, engine.Public)
}
