package sandbox

import "golang.org/x/sys/unix"

const (
	arch       = unix.AUDIT_ARCH_X86_64
	otherTable = 0x40000000 // calls of the x32 ABI, which the same architecture has
)

// allowedHere are older forms that libraries of this architecture still use.
var allowedHere = []uintptr{
	unix.SYS_OPEN, unix.SYS_STAT, unix.SYS_LSTAT, unix.SYS_NEWFSTATAT, unix.SYS_ACCESS, unix.SYS_READLINK, unix.SYS_UNLINK,
	unix.SYS_MKDIR, unix.SYS_RMDIR, unix.SYS_RENAME, unix.SYS_RENAMEAT, unix.SYS_DUP2, unix.SYS_PIPE, unix.SYS_POLL,
	unix.SYS_EPOLL_WAIT, unix.SYS_GETPGRP, unix.SYS_GETRLIMIT, unix.SYS_TIME, unix.SYS_ARCH_PRCTL,
}

var withProcessesHere = []uintptr{unix.SYS_VFORK, unix.SYS_FORK}
