//go:build unix && !linux

package processes

import (
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

func programPath() (string, error) { return os.Executable() }

// attributes of a child: it leads a process group, so that what it starts can be
// killed with it.
func attributes() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }

// onMainThread does not matter: a child does not end with a thread.
func onMainThread() bool { return false }

func nameProcess(string) {}

// replaceFile puts one open file in the place of another.
func replaceFile(fd, by int) error {
	if err := unix.Dup2(by, fd); err != nil {
		return err
	}
	return unix.Close(by)
}

// watchParent ends this process when the parent has gone, which closes the
// socket, as long as a call is being answered. The channel is closed when the
// next call is there.
func watchParent(c *conn) <-chan struct{} {
	next := make(chan struct{})
	go func() {
		if _, err := c.in.Peek(1); err != nil {
			os.Exit(1)
		}
		close(next)
	}()
	return next
}
