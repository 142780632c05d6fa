package judge

import (
	"bufio"
	"bytes"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// residentMB is how much memory this process holds now: what is mapped, and all
// that stands in unnamed files, where processes share values.
func residentMB() int {
	mapped, shared := mappedKB()
	return (mapped - shared + unnamedKB()) >> 10
}

// mappedKB returns what is resident, and how much of it belongs to files of memory.
func mappedKB() (all, shared int) {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, 0
	}
	lines := bufio.NewScanner(bytes.NewReader(text))
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		if len(fields) < 2 {
			continue
		}
		switch kB, _ := strconv.Atoi(fields[1]); fields[0] {
		case "VmRSS:":
			all = kB
		case "RssShmem:":
			shared = kB
		}
	}
	return all, shared
}

// unnamedKB returns what files without a name hold, holes not counted. All that
// this process has open of them is memory.
func unnamedKB() int {
	open, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return 0
	}
	blocks := int64(0)
	for _, entry := range open {
		fd, _ := strconv.Atoi(entry.Name())
		var stat syscall.Stat_t
		if syscall.Fstat(fd, &stat) == nil && stat.Mode&syscall.S_IFMT == syscall.S_IFREG && stat.Nlink == 0 {
			blocks += stat.Blocks // of 512 bytes
		}
	}
	return int(blocks / 2)
}
