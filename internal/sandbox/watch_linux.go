package sandbox

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

// inUse adds up a process and all that it, or those that it has, started.
// What stands in unnamed files, where processes share values, is memory too.
func inUse(pid int, sharing bool) usage {
	c := census{seen: map[file]bool{}, sharing: sharing}
	c.count(strconv.Itoa(pid))
	return usage{memoryMB: int((c.ownKB + max(c.sharedKB, c.unnamedKB)) >> 10), threads: c.threads}
}

// census is one count of processes.
type census struct {
	sharing                    bool
	seen                       map[file]bool
	ownKB, sharedKB, unnamedKB int64
	threads                    int
}

type file struct{ dev, ino uint64 }

func (c *census) count(pid string) {
	folder := filepath.Join("/proc", pid)
	status, err := os.ReadFile(filepath.Join(folder, "status"))
	if err != nil {
		return // it has ended
	}
	for line := range strings.Lines(string(status)) {
		name, value, _ := strings.Cut(line, ":")
		number, _, _ := strings.Cut(strings.TrimSpace(value), " ")
		n, _ := strconv.ParseInt(number, 10, 64)
		switch name {
		case "RssAnon", "VmSwap":
			c.ownKB += n
		case "RssShmem": // many may map the same
			c.sharedKB = max(c.sharedKB, n)
		case "Threads":
			c.threads += int(n)
		}
	}
	if !c.sharing {
		return
	}
	c.files(folder)
	threads, _ := os.ReadDir(filepath.Join(folder, "task"))
	for _, thread := range threads {
		children, _ := os.ReadFile(filepath.Join(folder, "task", thread.Name(), "children"))
		for _, child := range strings.Fields(string(children)) {
			c.count(child)
		}
	}
}

func (c *census) files(folder string) {
	open, _ := os.ReadDir(filepath.Join(folder, "fd"))
	for _, entry := range open {
		var stat syscall.Stat_t
		if syscall.Stat(filepath.Join(folder, "fd", entry.Name()), &stat) != nil || stat.Mode&syscall.S_IFMT != syscall.S_IFREG || stat.Nlink != 0 {
			continue
		}
		id := file{uint64(stat.Dev), stat.Ino}
		if !c.seen[id] {
			c.seen[id] = true
			c.unnamedKB += stat.Blocks / 2 // of 512 bytes
		}
	}
}

// endSession ends who is left of a session. The filter lets nobody leave it.
func endSession(id int) {
	// Whoever starts another between being seen and being ended leaves that to the
	// next round.
	for found := true; found; {
		found = false
		all, _ := os.ReadDir("/proc")
		for _, entry := range all {
			pid, err := strconv.Atoi(entry.Name())
			if err != nil {
				continue
			}
			if session, err := unix.Getsid(pid); err == nil && session == id && pid != id && !ended(pid) {
				found = syscall.Kill(pid, syscall.SIGKILL) == nil || found
			}
		}
	}
}

// ended reports whether a process is none any more, but was not waited for.
func ended(pid int) bool {
	stat, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
	if err != nil {
		return true
	}
	after := stat[strings.LastIndexByte(string(stat), ')')+1:]
	return len(after) > 1 && (after[1] == 'Z' || after[1] == 'X')
}
