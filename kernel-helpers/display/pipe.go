package display

import (
	"os"
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

// isUnread reports whether nobody has the other end of a pipe open any more.
func isUnread(pipe *os.File) (gone bool) {
	conn, err := pipe.SyscallConn()
	if err != nil {
		return true
	}
	err = conn.Control(func(fd uintptr) {
		poll := []unix.PollFd{{Fd: int32(fd)}}
		_, err := unix.Poll(poll, 0)
		gone = err == nil && poll[0].Revents&(unix.POLLERR|unix.POLLHUP) != 0
	})
	return gone || err != nil
}
