//go:build unix

package sandbox

import (
	"math"
	"syscall"
)

// addressSpace bounds what a process maps, in bytes: what can be taken between two
// looks of the watch. The race detector's build reserves much that it never touches.
const addressSpace = 6 << 30

type rlimit struct {
	resource int
	most     uint64
}

// setLimits bounds this process and those that it will start, by the system's means.
func (l Limits) setLimits(more ...rlimit) error {
	all := append(more,
		rlimit{syscall.RLIMIT_CORE, 0},
		rlimit{syscall.RLIMIT_NOFILE, 1024},
		rlimit{syscall.RLIMIT_CPU, uint64(math.Ceil(l.CPU.Seconds()))})
	if l.Processes == 0 {
		// What processes share is a file of memory that is nearly all holes; those
		// that start none have no reason for a large file.
		all = append(all, rlimit{syscall.RLIMIT_FSIZE, uint64(l.DiskMB) << 20})
	}
	for _, limit := range all {
		var now syscall.Rlimit
		if err := syscall.Getrlimit(limit.resource, &now); err != nil {
			return err
		}
		// An administrator's lower limit stays.
		most := min(limit.most, uint64(now.Max))
		if err := syscall.Setrlimit(limit.resource, &syscall.Rlimit{Cur: most, Max: most}); err != nil {
			return err
		}
	}
	return nil
}
