package judge

import "syscall"

// residentMB is how much memory this process held at most: what macOS tells.
func residentMB() int {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	return int(usage.Maxrss >> 20)
}
