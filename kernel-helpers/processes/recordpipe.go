package processes

import (
	"encoding/binary"
	"os"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

const recordSize = 8

// recordPipe is a pipe that carries records of eight bytes.
type recordPipe struct {
	r, w *os.File
	raw  syscall.RawConn // of r
}

func newRecordPipe(r, w *os.File) (*recordPipe, error) {
	raw, err := r.SyscallConn()
	return &recordPipe{r, w, raw}, err
}

// next returns the first record if there is one.
func (p *recordPipe) next() (record uint64, ok bool) {
	var bytes [recordSize]byte
	p.raw.Control(func(fd uintptr) {
		n, _ := uninterrupted(func() (int, error) { return unix.Read(int(fd), bytes[:]) })
		ok = n == recordSize
	})
	return binary.LittleEndian.Uint64(bytes[:]), ok
}

// append never waits: the pipe has room for every slot there is.
func (p *recordPipe) append(record uint64) error {
	var bytes [recordSize]byte
	binary.LittleEndian.PutUint64(bytes[:], record)
	_, err := p.w.Write(bytes[:])
	return err
}

// len returns how many records there are.
func (p *recordPipe) len() (n int) {
	p.raw.Control(func(fd uintptr) { n, _ = unix.IoctlGetInt(int(fd), fionread) })
	return n / recordSize
}

// interrupt makes whoever waits for a record look around.
func (p *recordPipe) interrupt() { p.r.SetReadDeadline(time.Unix(1, 0)) }
