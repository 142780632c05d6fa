package display

import (
	"errors"
	"os"
	"syscall"
	"time"
	"unsafe"
)

// The few system calls here go through package syscall, since x/sys/unix is the
// largest package but one that a cell would link.

// waitForStdout waits until the kernel has read what this program printed, so
// that an output comes after it. It gives up after a while: another goroutine or
// a child process may print without end.
func waitForStdout() {
	const (
		step = 20 * time.Microsecond
		most = 200 * time.Millisecond
	)
	for start := time.Now(); time.Since(start) < most; time.Sleep(step) {
		var unread int32 // a C int
		_, _, errno := syscall.Syscall(syscall.SYS_IOCTL, uintptr(syscall.Stdout), fionread, uintptr(unsafe.Pointer(&unread)))
		if errno != 0 || unread == 0 {
			return
		}
	}
}

// isUnread reports whether nobody has the other end of a named pipe open any
// more: then it cannot be opened for writing once again.
func isUnread(pipe *os.File) bool {
	again, err := os.OpenFile(pipe.Name(), os.O_WRONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return errors.Is(err, syscall.ENXIO) || errors.Is(err, os.ErrNotExist)
	}
	again.Close()
	return false
}
