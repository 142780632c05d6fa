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

// processorTime is that of a process: its own, and the system's on its behalf.
type processorTime struct{ user, system time.Duration }

// cpuTime is the processor time that this process used so far.
func cpuTime() processorTime {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return processorTime{}
	}
	return processorTime{time.Duration(usage.Utime.Nano()), time.Duration(usage.Stime.Nano())}
}

func (p processorTime) since(then processorTime) processorTime {
	return processorTime{p.user - then.user, p.system - then.system}
}

func (p processorTime) all() time.Duration { return p.user + p.system }

// computed is how much of it counts as a program's computing: the system's time only as
// far as the program's own goes. On a busy machine Linux may spin for a second in
// forgetting a child process that has ended (release_task, d_invalidate), while others
// look at the same entries of /proc.
func (p processorTime) computed() time.Duration { return p.user + min(p.system, p.user) }
