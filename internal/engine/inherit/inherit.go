//go:build unix

// Package inherit is about what child processes have from the program that is judged.
//
// It and all others that are linked into judged programs use syscall and no larger
// package: the time that the linker takes is waited for by whoever checks an answer, and
// x/sys/unix alone would be a tenth of it.
package inherit

import (
	"os"
	"syscall"
)

// Above gives a file descriptor another number, which is least or more and which nobody
// else counts on. All child processes inherit it.
func Above(fd, least int) (int, error) {
	defer syscall.Close(fd)
	number, _, errno := syscall.Syscall(syscall.SYS_FCNTL, uintptr(fd), syscall.F_DUPFD, uintptr(least))
	if errno != 0 {
		return 0, os.NewSyscallError("fcntl", errno)
	}
	return int(number), nil
}
