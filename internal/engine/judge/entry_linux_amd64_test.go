//go:build race

package judge_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// A program that begins at judge_entry does as another, and touches its tables with
// huge pages, where the system has them.
func TestTheEntrySavesPageFaults(t *testing.T) {
	huge, err := os.ReadFile("/sys/kernel/mm/transparent_hugepage/enabled")
	if err != nil || !strings.Contains(string(huge), "[madvise]") {
		t.Skip("it makes a difference where huge pages are there for those who ask: ", string(huge), err)
	}
	faults := func(flags string) int64 {
		t.Helper()
		program := filepath.Join(t.TempDir(), "program")
		if out, err := exec.Command("go", "build", "-race", "-ldflags="+flags, "-o", program, "./testdata/begins").CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		cmd := exec.Command(program)
		if out, err := cmd.CombinedOutput(); err != nil || string(out) != "begun\n" {
			t.Fatalf("%v\n%s", err, out)
		}
		return cmd.ProcessState.SysUsage().(*syscall.Rusage).Minflt
	}
	if with, without := faults("-E=judge_entry"), faults(""); with > without-1000 {
		t.Errorf("%d page faults, and %d without it", with, without)
	}
}
