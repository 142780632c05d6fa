//go:build unix

package judge

import (
	"syscall"
	"time"
)

// limitResources bounds this process and the children that it starts. The size of
// files has no bound: a program cannot open any, and what its processes share is a
// file of memory that is nearly all holes; see residentMB.
func limitResources() {
	for resource, limit := range map[int]uint64{
		syscall.RLIMIT_CORE:   0,
		syscall.RLIMIT_NOFILE: 1024,
	} {
		// An administrator's lower limit stays.
		var now syscall.Rlimit
		if err := syscall.Getrlimit(resource, &now); err != nil || now.Max < limit {
			continue
		}
		_ = syscall.Setrlimit(resource, &syscall.Rlimit{Cur: limit, Max: limit})
	}
}

// cpuTime is the processor time that this process used so far.
func cpuTime() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
