//go:build unix

package events

import (
	"syscall"
	"time"
)

// processorTime returns what this process has used of the processors so far, in
// user and in system mode. The tracer cannot tell: to it, a goroutine that waits
// for the system to give its thread a core is running.
func processorTime() time.Duration {
	var usage syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &usage) != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
