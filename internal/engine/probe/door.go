package probe

import (
	"errors"
	"net"
	"os"
	"strconv"
	"syscall"

	"golang.org/x/sys/unix"
)

// door is where guests of a meeting come in. It has no address, so that it works
// where a program can reach nothing by an address: it is one end of a pair of
// sockets, which every child process inherits, and each guest sends one end of a
// pair of its own through it.
type door struct {
	inside  *net.UnixConn // where guests arrive
	outside int           // where they knock; never closed on exec
}

// openDoor opens a door. Its outside has a number that nobody else counts on.
func openDoor() (*door, error) {
	ends, err := socketpair()
	if err != nil {
		return nil, err
	}
	inside, err := connOf(ends[0])
	if err != nil {
		unix.Close(ends[1])
		return nil, err
	}
	const high = 200
	outside, err := unix.FcntlInt(uintptr(ends[1]), unix.F_DUPFD, high)
	unix.Close(ends[1])
	if err != nil {
		inside.Close()
		return nil, os.NewSyscallError("fcntl", err)
	}
	return &door{inside, outside}, nil
}

func (d *door) address() string { return strconv.Itoa(d.outside) }

func (d *door) close() {
	d.inside.Close()
	unix.Close(d.outside)
}

// accept returns the connection to the next guest.
func (d *door) accept() (net.Conn, error) {
	// A byte each, so that no two guests' sockets come together.
	rights := make([]byte, unix.CmsgSpace(4))
	n, size, _, _, err := d.inside.ReadMsgUnix(make([]byte, 1), rights)
	if err != nil {
		return nil, err
	}
	messages, err := unix.ParseSocketControlMessage(rights[:size])
	if err != nil {
		return nil, err
	}
	if n == 0 || len(messages) == 0 {
		return nil, net.ErrClosed
	}
	fds, err := unix.ParseUnixRights(&messages[0])
	if err != nil {
		return nil, err
	}
	unix.CloseOnExec(fds[0])
	return connOf(fds[0])
}

// knock comes to the door with this address, from whichever process.
func knock(address string) (net.Conn, error) {
	outside, err := strconv.Atoi(address)
	if err != nil {
		return nil, err
	}
	ends, err := socketpair()
	if err != nil {
		return nil, err
	}
	defer unix.Close(ends[1])
	conn, err := connOf(ends[0])
	if err != nil {
		return nil, err
	}
	for err = error(unix.EINTR); errors.Is(err, unix.EINTR); {
		err = unix.Sendmsg(outside, []byte{0}, unix.UnixRights(ends[1]), nil, noSignal)
	}
	if err != nil {
		conn.Close()
		return nil, os.NewSyscallError("sendmsg", err)
	}
	return conn, nil
}

func socketpair() ([2]int, error) {
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	ends, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM, 0)
	if err != nil {
		return ends, os.NewSyscallError("socketpair", err)
	}
	unix.CloseOnExec(ends[0])
	unix.CloseOnExec(ends[1])
	return ends, nil
}

// connOf takes a socket over.
func connOf(fd int) (*net.UnixConn, error) {
	if err := unix.SetNonblock(fd, true); err != nil {
		unix.Close(fd)
		return nil, err
	}
	f := os.NewFile(uintptr(fd), "meeting")
	defer f.Close() // FileConn has a copy
	conn, err := net.FileConn(f)
	if err != nil {
		return nil, err
	}
	return conn.(*net.UnixConn), nil
}
