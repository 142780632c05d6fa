package processes

import (
	"os"

	"golang.org/x/sys/unix"
)

const stdout = 1

// watchKernel ends this process when the kernel that runs it as a cell has gone:
// a cell that waits prints nothing, so it would not notice, and it and its
// children would run on. Outside a kernel it does nothing.
func watchKernel() (stop func()) {
	if os.Getenv("GONB_PIPE") == "" {
		return func() {}
	}
	r, w, err := os.Pipe()
	if err != nil {
		return func() {}
	}
	go func() {
		defer r.Close()
		fds := []unix.PollFd{{Fd: stdout}, {Fd: int32(r.Fd()), Events: unix.POLLIN}}
		err := error(unix.EINTR)
		for err == unix.EINTR {
			_, err = unix.Poll(fds, -1)
		}
		// Of a pipe that nobody can read any more, poll says so unasked.
		if fds[0].Revents&(unix.POLLERR|unix.POLLHUP) != 0 {
			os.Exit(1)
		}
	}()
	return func() { w.Close() }
}
