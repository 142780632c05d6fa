package kerneltest

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Process is one process that carries the kernel's mark.
type Process struct {
	PID, Parent int
	Command     string
}

func (p Process) name() string { return filepath.Base(strings.Fields(p.Command + " ?")[0]) }

// Processes lists the processes of this kernel: the kernel, its gopls, cells
// and their children, also those that have left its process group.
func (k *Kernel) Processes() []Process {
	k.t.Helper()
	if list := k.fromProc(); list != nil {
		return list
	}
	// E shows the environment: macOS has no /proc.
	out, err := exec.Command("ps", "-axEww", "-o", "pid=,ppid=,command=").Output()
	if err != nil {
		k.t.Fatalf("cannot list processes: %v", err)
	}
	var list []Process
	for line := range strings.Lines(string(out)) {
		var p Process
		if _, err := fmt.Sscan(line, &p.PID, &p.Parent); err == nil && strings.Contains(line, k.mark) {
			p.Command = strings.Join(strings.Fields(line)[2:], " ")
			list = append(list, p)
		}
	}
	return list
}

func (k *Kernel) fromProc() []Process {
	environments, _ := filepath.Glob("/proc/[0-9]*/environ")
	if len(environments) == 0 {
		return nil
	}
	list := []Process{}
	for _, path := range environments {
		env, err := os.ReadFile(path)
		if err != nil || !bytes.Contains(env, []byte(k.mark)) {
			continue // ended, or another user's
		}
		dir := filepath.Dir(path)
		command, err := os.ReadFile(filepath.Join(dir, "cmdline"))
		stat, err2 := os.ReadFile(filepath.Join(dir, "stat"))
		if err != nil || err2 != nil || len(command) == 0 {
			continue
		}
		var p Process
		p.PID, _ = strconv.Atoi(filepath.Base(dir))
		p.Command = string(bytes.ReplaceAll(bytes.TrimRight(command, "\x00"), []byte{0}, []byte(" ")))
		var state string // after the name, which stands in parentheses
		fmt.Sscan(string(stat[bytes.LastIndexByte(stat, ')')+1:]), &state, &p.Parent)
		list = append(list, p)
	}
	return list
}

// waitForLeftovers returns those processes that are still there after five
// seconds; with kernel they may be the kernel's own: gonb, the driver that
// talks to it, gopls and what gopls runs, and what judges answers as they run.
func (k *Kernel) waitForLeftovers(kernel bool) (left []Process) {
	k.t.Helper()
	deadline := time.Now().Add(5 * time.Second)
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		left = k.Processes()
		if kernel {
			left = withoutKernel(left)
		}
		if len(left) == 0 || time.Now().After(deadline) {
			return left
		}
		<-tick.C
	}
}

func withoutKernel(all []Process) []Process {
	byPID := map[int]Process{}
	for _, p := range all {
		byPID[p.PID] = p
	}
	return slices.DeleteFunc(all, func(p Process) bool {
		if p.name() == "gonb" || strings.Contains(p.Command, "driver.py") || strings.Contains(p.Command, "interleave foresee") {
			return true
		}
		for ; p.PID != 0; p = byPID[p.Parent] {
			if p.name() == "gopls" {
				return true
			}
		}
		return false
	})
}

func list(processes []Process) string {
	var b strings.Builder
	for _, p := range processes {
		fmt.Fprintf(&b, "\n%d %s", p.PID, p.Command)
	}
	return b.String()
}
