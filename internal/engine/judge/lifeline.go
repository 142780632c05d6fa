package judge

import (
	"syscall"

	"github.com/interleave-lab/interleave/internal/engine/wire"
)

// readToken reads what the engine sends first, once; "" when no engine is there.
func readToken() string {
	token := make([]byte, wire.TokenLength)
	for n := 0; n < len(token); {
		more, err := syscall.Read(wire.Lifeline, token[n:])
		switch {
		case err == syscall.EINTR:
		case err != nil, more == 0:
			return ""
		default:
			n += more
		}
	}
	return string(token)
}

// endWithEngine ends this process and its children when the engine has ended,
// however it did: the system closes the pipe, of which nobody else has the other
// end. It reads in a system call of its own, so that no goroutine waits for input
// in the eyes of those who look for deadlocks.
func endWithEngine() {
	for {
		n, err := syscall.Read(wire.Lifeline, make([]byte, 1))
		switch {
		case n == 0 && err == nil && syscall.Getpgrp() == syscall.Getpid():
			_ = syscall.Kill(0, syscall.SIGKILL)
			syscall.Exit(1) // the first process of a namespace cannot kill itself
		case err != nil && err != syscall.EINTR:
			return // not the engine has started this process
		}
	}
}
