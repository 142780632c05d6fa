package sandbox

import "golang.org/x/sys/unix"

const (
	arch       = unix.AUDIT_ARCH_AARCH64
	otherTable = 0xffffffff // there is no other
)

var allowedHere = []uintptr{unix.SYS_FSTATAT, unix.SYS_RENAMEAT, unix.SYS_GETRLIMIT}

var withProcessesHere []uintptr
