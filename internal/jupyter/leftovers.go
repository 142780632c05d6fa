package jupyter

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// endAll waits a moment for the processes of a kernel to end and then kills
// those that are left. They are known by the kernel's own temporary folder,
// which stands in the command line of every cell and of gopls; neither needs to
// be in the kernel's process group, nor a child of it any more.
func endAll(temp string) {
	for deadline := time.Now().Add(2 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		if len(mentioning(temp+string(filepath.Separator))) == 0 {
			return
		}
		if time.Now().After(deadline) {
			killAll(temp)
			return
		}
	}
}

// killAll kills the processes of a kernel.
func killAll(temp string) {
	for _, pid := range mentioning(temp + string(filepath.Separator)) {
		syscall.Kill(pid, syscall.SIGKILL)
	}
}

// mentioning returns the processes whose command line holds text.
func mentioning(text string) (pids []int) {
	commands, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	if len(commands) == 0 { // macOS
		return listed(text)
	}
	for _, path := range commands {
		command, err := os.ReadFile(path)
		if err == nil && bytes.Contains(command, []byte(text)) {
			pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(path)))
			pids = append(pids, pid)
		}
	}
	return pids
}

func listed(text string) (pids []int) {
	out, err := exec.Command("ps", "-axww", "-o", "pid=,command=").Output()
	if err != nil {
		return nil
	}
	for line := range strings.Lines(string(out)) {
		var pid int
		if _, err := fmt.Sscan(line, &pid); err == nil && strings.Contains(line, text) {
			pids = append(pids, pid)
		}
	}
	return pids
}
