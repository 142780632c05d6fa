package processes

import (
	"bufio"
	"errors"
	"io"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// conn is one end of the socket between a parent and its child. Each direction
// is used by one goroutine at a time.
type conn struct {
	file  *os.File
	raw   syscall.RawConn
	in    *bufio.Reader
	files []*os.File // received, and not yet part of a message
	oob   []byte     // where the kernel says which files came
}

// maxFiles is how many files fit a message (the kernel's SCM_MAX_FD is 253).
const maxFiles = 250

// newConn takes over f, a stream socket that does not block.
func newConn(f *os.File) (*conn, error) {
	raw, err := f.SyscallConn()
	if err != nil {
		return nil, err
	}
	c := &conn{file: f, raw: raw, oob: make([]byte, unix.CmsgSpace(4*maxFiles))}
	c.in = bufio.NewReader((*socketReader)(c))
	return c, nil
}

// send writes m. Files that travel along are still the sender's to close.
func (c *conn) send(m message) error {
	head := m.header()
	const atOnce = 16 << 10 // a copy of so much is cheaper than a second system call
	packet := head[:]
	body := m.body
	if len(body) <= atOnce {
		packet = append(packet, body...)
		body = nil
	}
	if len(m.files) > 0 {
		sent, err := c.sendFiles(packet, m.files)
		if err != nil {
			return err
		}
		packet = packet[sent:]
	}
	if _, err := c.file.Write(packet); err != nil || len(body) == 0 {
		return err
	}
	_, err := c.file.Write(body)
	return err
}

// sendFiles sends files with the first bytes of packet and returns how many
// bytes those were.
func (c *conn) sendFiles(packet []byte, files []*os.File) (sent int, err error) {
	fds := make([]int, len(files))
	for i, f := range files {
		// Unlike Fd, this leaves the file in the poller.
		raw, err := f.SyscallConn()
		if err != nil {
			return 0, err
		}
		if err := raw.Control(func(fd uintptr) { fds[i] = int(fd) }); err != nil {
			return 0, err
		}
	}
	werr := c.raw.Write(func(fd uintptr) bool {
		sent, err = uninterrupted(func() (int, error) {
			return unix.SendmsgN(int(fd), packet, unix.UnixRights(fds...), nil, 0)
		})
		return err != unix.EAGAIN
	})
	return sent, errors.Join(werr, err)
}

// receive reads the next message. The error is io.EOF when the other side has
// gone, and io.ErrUnexpectedEOF if it went in the middle of a message.
func (c *conn) receive() (message, error) {
	var head [headerSize]byte
	if _, err := io.ReadFull(c.in, head[:]); err != nil {
		return message{}, err
	}
	m, files, size := parseHeader(head)
	m.body = make([]byte, size)
	if _, err := io.ReadFull(c.in, m.body); err != nil {
		return message{}, io.ErrUnexpectedEOF
	}
	if len(c.files) < files {
		return message{}, io.ErrUnexpectedEOF
	}
	m.files, c.files = c.files[:files:files], c.files[files:]
	return m, nil
}

func (c *conn) close() { c.file.Close() }

// socketReader reads bytes from the socket and puts the files that come along
// aside.
type socketReader conn

func (r *socketReader) Read(p []byte) (n int, err error) {
	var oobn int
	rerr := r.raw.Read(func(fd uintptr) bool {
		// The lock keeps a fork from inheriting files before they are marked.
		syscall.ForkLock.RLock()
		defer syscall.ForkLock.RUnlock()
		n, err = uninterrupted(func() (n int, err error) {
			n, oobn, _, _, err = unix.Recvmsg(int(fd), p, r.oob, 0)
			return n, err
		})
		if err == nil && oobn > 0 {
			err = r.keepFiles(r.oob[:oobn])
		}
		return err != unix.EAGAIN
	})
	switch {
	case rerr != nil:
		return 0, rerr
	case err == unix.ECONNRESET: // it went without reading everything
		return 0, io.EOF
	case err != nil:
		return 0, err
	case n == 0:
		return 0, io.EOF
	}
	return n, nil
}

func (r *socketReader) keepFiles(oob []byte) error {
	messages, err := unix.ParseSocketControlMessage(oob)
	if err != nil {
		return err
	}
	for i := range messages {
		fds, err := unix.ParseUnixRights(&messages[i])
		if err != nil {
			return err
		}
		for _, fd := range fds {
			unix.CloseOnExec(fd)
			r.files = append(r.files, os.NewFile(uintptr(fd), "received"))
		}
	}
	return nil
}

// uninterrupted repeats a system call that a signal broke off.
func uninterrupted(call func() (int, error)) (n int, err error) {
	for {
		if n, err = call(); err != unix.EINTR {
			return n, err
		}
	}
}

// socketPair returns the parent's end, which does not block, and the child's.
func socketPair() (parent, child *os.File, err error) {
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	fds, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM, 0)
	if err != nil {
		return nil, nil, os.NewSyscallError("socketpair", err)
	}
	for _, fd := range fds {
		unix.CloseOnExec(fd)
		unix.SetNonblock(fd, true)
	}
	return os.NewFile(uintptr(fds[0]), "parent"), os.NewFile(uintptr(fds[1]), "child"), nil
}
