//go:build linux

package sandbox

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Who would leave the session cannot, and ends with the program, even if that has
// ended first.
func TestNobodyGetsAwayFromAProgram(t *testing.T) {
	for _, tier := range []Tier{Namespaces, Landlock} {
		t.Run(string(tier), func(t *testing.T) {
			box, probe, own := chosen(t, tier)
			limits := Limits{CPU: 5 * time.Second, MemoryMB: 1 << 12, DiskMB: 1, Processes: 3}
			cmd, err := box.Command(limits, own, probe, "orphan")
			if err != nil {
				t.Fatal(err)
			}
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			// A namespace ends with its first process.
			if left := running(t, probe); tier != Namespaces && left == 0 {
				t.Error("nobody was left behind")
			}
			box.End(cmd.Process.Pid, limits)
			if left := running(t, probe); left > 0 {
				t.Errorf("%d processes are left", left)
			}
		})
	}
}

// The refusal is the sandbox's: without one, children do get away.
func TestTheSelfTestNoticesThatChildrenGetAway(t *testing.T) {
	probe, targets, dir := prepared(t)
	box := &Box{Tier: None}
	few := Limits{CPU: 5 * time.Second, MemoryMB: 1 << 12, DiskMB: 1, Processes: 1, Threads: 30}
	o, err := box.run(t.Context(), trial{mode: "start", program: probe, limits: few}, filepath.Join(dir, "start"), targets)
	if err != nil {
		t.Fatal(err)
	}
	if found := strings.Join(o.found, ", "); !strings.Contains(found, "its children can leave its session") {
		t.Errorf("outside of any sandbox was found: %s", found)
	}
}

// running counts the processes of a program.
func running(t *testing.T, program string) (n int) {
	t.Helper()
	this, err := os.Stat(program)
	if err != nil {
		t.Fatal(err)
	}
	links, err := filepath.Glob("/proc/[0-9]*/exe")
	if err != nil {
		t.Fatal(err)
	}
	for _, link := range links {
		if other, err := os.Stat(link); err == nil && os.SameFile(this, other) {
			n++
		}
	}
	return n
}
