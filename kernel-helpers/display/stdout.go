package display

import (
	"time"

	"golang.org/x/sys/unix"
)

// waitForStdout waits until the kernel has read what this program printed, so
// that an output comes after it. It gives up after a while: another goroutine or
// a child process may print without end.
func waitForStdout() {
	const (
		step = 20 * time.Microsecond
		most = 200 * time.Millisecond
	)
	for start := time.Now(); time.Since(start) < most; time.Sleep(step) {
		unread, err := unix.IoctlGetInt(unix.Stdout, fionread)
		if err != nil || unread == 0 {
			return
		}
	}
}
