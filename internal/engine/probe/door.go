package probe

import (
	"errors"
	"os"
	"strconv"
	"syscall"

	"github.com/interleave-lab/interleave/internal/engine/inherit"
)

// door is where guests of a meeting come in. It has no address, so that it works
// where a program can reach nothing by an address: it is one end of a pair of
// sockets, which every child process inherits, and each guest sends one end of a
// pair of its own through it. They are files to it, since package net is large.
type door struct {
	inside  *os.File // where guests arrive
	outside int      // where they knock; never closed on exec
}

// openDoor opens a door. Its outside has a number that nobody else counts on.
func openDoor() (*door, error) {
	ends, err := socketpair()
	if err != nil {
		return nil, err
	}
	inside, err := fileOf(ends[0])
	if err != nil {
		syscall.Close(ends[1])
		return nil, err
	}
	outside, err := inherit.Above(ends[1], 200)
	if err != nil {
		inside.Close()
		return nil, err
	}
	return &door{inside, outside}, nil
}

func (d *door) address() string { return strconv.Itoa(d.outside) }

func (d *door) close() {
	d.inside.Close()
	syscall.Close(d.outside)
}

// accept returns the connection to the next guest.
func (d *door) accept() (*os.File, error) {
	socket, err := d.inside.SyscallConn()
	if err != nil {
		return nil, err
	}
	// A byte each, so that no two guests' sockets come together.
	bytes, rights := make([]byte, 1), make([]byte, syscall.CmsgSpace(4))
	var n, size int
	wait := socket.Read(func(fd uintptr) (done bool) {
		for err = syscall.EINTR; err == syscall.EINTR; {
			n, size, _, _, err = syscall.Recvmsg(int(fd), bytes, rights, 0)
		}
		return err != syscall.EAGAIN
	})
	if err := errors.Join(wait, err); err != nil {
		return nil, err
	}
	messages, err := syscall.ParseSocketControlMessage(rights[:size])
	if err != nil {
		return nil, err
	}
	if n == 0 || len(messages) == 0 {
		return nil, os.ErrClosed
	}
	fds, err := syscall.ParseUnixRights(&messages[0])
	if err != nil {
		return nil, err
	}
	syscall.CloseOnExec(fds[0])
	return fileOf(fds[0])
}

// knock comes to the door with this address, from whichever process.
func knock(address string) (*os.File, error) {
	outside, err := strconv.Atoi(address)
	if err != nil {
		return nil, err
	}
	ends, err := socketpair()
	if err != nil {
		return nil, err
	}
	defer syscall.Close(ends[1])
	conn, err := fileOf(ends[0])
	if err != nil {
		return nil, err
	}
	for err = error(syscall.EINTR); err == syscall.EINTR; {
		err = syscall.Sendmsg(outside, []byte{0}, syscall.UnixRights(ends[1]), nil, noSignal)
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
	ends, err := syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_STREAM, 0)
	if err != nil {
		return ends, os.NewSyscallError("socketpair", err)
	}
	syscall.CloseOnExec(ends[0])
	syscall.CloseOnExec(ends[1])
	return ends, nil
}

// fileOf takes a socket over. Who waits for it waits as for any of Go's own.
func fileOf(fd int) (*os.File, error) {
	if err := syscall.SetNonblock(fd, true); err != nil {
		syscall.Close(fd)
		return nil, err
	}
	return os.NewFile(uintptr(fd), "meeting"), nil
}
