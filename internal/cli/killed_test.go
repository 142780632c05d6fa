package cli

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/interleave-lab/interleave/internal/notebook"
)

// interleave returns the command as a process of its own.
func interleave(t *testing.T, arguments ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self, arguments...)
	cmd.Args[0] = "interleave" // see TestMain
	return cmd
}

func lesson(t *testing.T, source string) (path string) {
	t.Helper()
	n := notebook.Notebook{Minor: 5, Cells: []*notebook.Cell{notebook.NewCell(notebook.Code, "only", source)}}
	path = filepath.Join(t.TempDir(), "lesson.ipynb")
	if err := n.Write(path); err != nil {
		t.Fatal(err)
	}
	return path
}

// A run that is killed cannot clean up: its kernel ends with it, and the next
// run removes its folder.
func TestTheNextRunRemovesWhatAKilledOneLeft(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	endless := lesson(t, "import (\n\t\"os\"\n\t\"fmt\"\n)\n%%\n"+
		"os.WriteFile(\"pid\", fmt.Append(nil, os.Getpid(), \"\\n\"), 0o600)\nfor {\n}")
	run := interleave(t, "run", "--timeout", "1h", endless)
	var said bytes.Buffer
	run.Stdout, run.Stderr = &said, &said
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	over := make(chan struct{})
	go func() {
		defer close(over)
		_ = run.Wait()
	}()
	var cell int
	await(t, "the cell runs", func() bool {
		select {
		case <-over:
			t.Fatalf("the run is over, and its cell never ran:\n%s", &said)
		default:
		}
		told, _ := os.ReadFile(filepath.Join(filepath.Dir(endless), "pid"))
		_, err := fmt.Sscanln(string(told), &cell)
		return err == nil
	})
	defer func() {
		if !ended(cell) {
			syscall.Kill(cell, syscall.SIGKILL)
		}
	}()
	if err := run.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	<-over
	folders, _ := filepath.Glob(filepath.Join(temp, "interleave-*"))
	if len(folders) != 1 {
		t.Fatalf("a killed run leaves %q, want its folder", folders)
	}
	left := folders[0]
	await(t, "the kernel is shut down", func() bool { return free(t, left) })
	await(t, "the cell has ended", func() bool { return ended(cell) })

	then := time.Now().Add(-time.Hour)
	if err := os.Chtimes(left, then, then); err != nil {
		t.Fatal(err)
	}
	if out, err := interleave(t, "run", lesson(t, "%%\nprintln(1)")).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if folders, _ := filepath.Glob(filepath.Join(temp, "interleave-*")); len(folders) > 0 {
		t.Errorf("%q are left", folders)
	}
}

// free reports whether no process has locked the folder.
func free(t *testing.T, dir string) bool {
	t.Helper()
	f, err := os.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	return unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB) == nil
}

// ended reports whether a process that is not ours to wait for has ended.
func ended(pid int) bool {
	if stat, err := os.ReadFile(fmt.Sprint("/proc/", pid, "/stat")); err == nil {
		return bytes.Contains(stat, []byte(") Z "))
	}
	return syscall.Kill(pid, 0) != nil
}

// await waits until something that other processes do has happened. How long a
// loaded machine takes for it is not the test's matter: what never happens ends with
// the time that all tests have.
func await(t *testing.T, what string, happened func() bool) {
	t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	end, bounded := t.Deadline()
	for !happened() {
		if now := <-tick.C; bounded && end.Sub(now) < 20*time.Second { // to clean up in
			t.Fatalf("never: %s", what)
		}
	}
}
