package processes

import (
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

const fionread = unix.TIOCINQ

// unnamedFile returns a file in memory.
func unnamedFile() (*os.File, error) {
	fd, err := unix.MemfdCreate("queue", unix.MFD_CLOEXEC)
	if err != nil {
		return nil, os.NewSyscallError("memfd_create", err)
	}
	return os.NewFile(uintptr(fd), "queue"), nil
}

// makeRoom lets a pipe hold size bytes.
func makeRoom(pipe *os.File, size int) (err error) {
	raw, err := pipe.SyscallConn()
	if err != nil || size <= pipeSize {
		return err
	}
	control := raw.Control(func(fd uintptr) { _, err = unix.FcntlInt(fd, unix.F_SETPIPE_SZ, size) })
	if err != nil {
		return fmt.Errorf("so many values need a pipe of %d bytes, which the system refuses: %w", size, err)
	}
	return control
}

// forget gives the memory of a large value back.
func forget(f *os.File, at, size int64) {
	const large = 64 << 10
	if size < large {
		return
	}
	if raw, err := f.SyscallConn(); err == nil {
		raw.Control(func(fd uintptr) {
			unix.Fallocate(int(fd), unix.FALLOC_FL_PUNCH_HOLE|unix.FALLOC_FL_KEEP_SIZE, at, size)
		})
	}
}
