package processes

import (
	"math"
	"sync/atomic"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// hasFutex: to sleep on shared memory is as fast as on a socket.
const hasFutex = true

const (
	futexWaitOp = 0
	futexWakeOp = 1
)

// sleepOn waits until word, which processes share, is no longer value, somebody
// calls wakeAll, or so much time has passed, unless that is forever. It may return
// early.
func sleepOn(word *atomic.Uint32, value uint32, atMost time.Duration) {
	var timeout *unix.Timespec
	if atMost != forever {
		of := unix.NsecToTimespec(int64(atMost))
		timeout = &of
	}
	unix.Syscall6(unix.SYS_FUTEX, uintptr(unsafe.Pointer(word)), futexWaitOp, uintptr(value), uintptr(unsafe.Pointer(timeout)), 0, 0)
}

// wakeAll wakes whoever sleeps on word.
func wakeAll(word *atomic.Uint32) {
	unix.RawSyscall6(unix.SYS_FUTEX, uintptr(unsafe.Pointer(word)), futexWakeOp, math.MaxInt32, 0, 0, 0)
}
