package processes

import (
	"os"

	"golang.org/x/sys/unix"
)

// mapsHoles: a file may be as large as one likes, and costs what is written.
const mapsHoles = true

// mapAtOnce maps all pages in one go, which is several times faster than one by
// one when they are touched.
const mapAtOnce = unix.MAP_POPULATE

// unnamedFile returns a file in memory.
func unnamedFile() (*os.File, error) {
	fd, err := unix.MemfdCreate("shared", unix.MFD_CLOEXEC)
	if err != nil {
		return nil, os.NewSyscallError("memfd_create", err)
	}
	return os.NewFile(uintptr(fd), "shared"), nil
}

// forget gives the memory of a part of a file back.
func forget(f file, at, size int64) {
	if raw, err := f.SyscallConn(); err == nil {
		raw.Control(func(fd uintptr) {
			unix.Fallocate(int(fd), unix.FALLOC_FL_PUNCH_HOLE|unix.FALLOC_FL_KEEP_SIZE, at, size)
		})
	}
}
