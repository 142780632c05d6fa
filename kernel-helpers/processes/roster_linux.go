package processes

import (
	"fmt"
	"math/rand/v2"
	"os"
	"sync"

	"golang.org/x/sys/unix"
)

// The roster is a file without a name and without content, which a program and
// its children share. Each process holds a lock on one byte of it, and the byte's
// place is the process's identity. The system gives the lock up when the process
// ends, however it ends, before its parent is told. So anybody can ask at any
// time whether the process that owns something lives, and unlike a process's
// number an identity is never another's.
var roster struct {
	once sync.Once
	file *os.File // for children; nobody locks through it
	err  error

	enter    sync.Once
	own      int // this process's own opening of it
	self     identity
	enterErr error
}

// rosterFile returns what a child needs to be on the roster.
func rosterFile() (*os.File, error) {
	roster.once.Do(func() {
		if inChild {
			unix.CloseOnExec(rosterFD)
			roster.file = os.NewFile(rosterFD, "roster")
			return
		}
		roster.file, roster.err = unnamedFile()
	})
	return roster.file, roster.err
}

// self returns the identity of this process.
func self() (identity, error) {
	file, err := rosterFile()
	if err != nil {
		return 0, err
	}
	roster.enter.Do(func() { roster.enterErr = enterRoster(file) })
	return roster.self, roster.enterErr
}

func enterRoster(file *os.File) (err error) {
	raw, err := file.SyscallConn()
	if err != nil {
		return err
	}
	// A lock belongs to an opening of the file, and what is passed on stays the
	// same opening.
	control := raw.Control(func(fd uintptr) {
		roster.own, err = unix.Open(fmt.Sprint("/proc/self/fd/", fd), unix.O_RDWR|unix.O_CLOEXEC, 0)
	})
	if control != nil || err != nil {
		return fmt.Errorf("this process could not open /proc/self/fd: %w", err)
	}
	for range 100 {
		id := identity(1 + rand.Uint32N(maxIdentity))
		if err = unix.FcntlFlock(uintptr(roster.own), unix.F_OFD_SETLK, rosterLock(id)); err == nil {
			roster.self = id
			return nil
		}
	}
	return os.NewSyscallError("fcntl", err)
}

func rosterLock(id identity) *unix.Flock_t {
	return &unix.Flock_t{Type: unix.F_WRLCK, Start: int64(id), Len: 1}
}

// lives reports whether a process still runs.
func lives(id identity) bool {
	if id == roster.self {
		return true
	}
	lock := rosterLock(id)
	err := unix.FcntlFlock(uintptr(roster.own), unix.F_OFD_GETLK, lock)
	return err != nil || lock.Type != unix.F_UNLCK
}
