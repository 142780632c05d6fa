//go:build unix

package events

import (
	"io"
	"os"
	"runtime/trace"
	"sync"
	"syscall"
	"time"
)

// socketPair returns the parent's and the child's end.
func socketPair() (parent, child *os.File, err error) {
	// The lock keeps a fork elsewhere from inheriting them before they are
	// marked; only the child that is given one shall have it.
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	fds, err := syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_STREAM, 0)
	if err != nil {
		return nil, nil, err
	}
	for _, fd := range fds {
		syscall.CloseOnExec(fd)
	}
	// Not blocking, so that its reader waits without a thread of its own.
	if err := syscall.SetNonblock(fds[0], true); err != nil {
		syscall.Close(fds[0])
		syscall.Close(fds[1])
		return nil, nil, err
	}
	return os.NewFile(uintptr(fds[0]), "recording"), os.NewFile(uintptr(fds[1]), "recording"), nil
}

// read collects the child's trace until the child closes its end.
func (c *Child) read() {
	defer close(c.done)
	io.Copy(c.data, c.conn)
}

// finish asks the child for the rest of its trace.
func (c *Child) finish(patience time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closeFile()
	if raw, err := c.conn.SyscallConn(); err == nil {
		raw.Control(func(fd uintptr) { syscall.Shutdown(int(fd), syscall.SHUT_WR) })
	}
	c.conn.SetReadDeadline(time.Now().Add(patience))
}

// ServeChild records this process, a child, into f until stop is called or the
// parent has what it wants. Call it on the goroutine that runs the child's
// function: that is the child's main lane. Call stop before the process exits,
// also after a panic; what was not flushed by then is lost. stop may be called
// twice.
func ServeChild(f *os.File) (stop func()) {
	nothing := func() {}
	syscall.ForkLock.RLock()
	fd, err := syscall.Dup(int(f.Fd()))
	if err == nil {
		// A grandchild that held it open would keep the parent waiting.
		syscall.CloseOnExec(fd)
	}
	syscall.ForkLock.RUnlock()
	f.Close()
	if err != nil || syscall.SetNonblock(fd, true) != nil {
		return nothing
	}
	conn := os.NewFile(uintptr(fd), "recording")
	if trace.Start(conn) != nil {
		conn.Close()
		return nothing
	}
	Begin(childRecording)
	stop = sync.OnceFunc(func() {
		End(childRecording)
		trace.Stop()
		conn.Close()
	})
	go func() {
		conn.Read(make([]byte, 1)) // returns when either side closes
		stop()
	}()
	return stop
}

// childRecording is the number of the one recording that a child process has.
const childRecording = 0
