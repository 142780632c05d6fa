package toolchain

import "golang.org/x/sys/unix"

// limit bounds what a compiler may take for a program that is made to exhaust it: an
// ordinary one takes a hundredth. A process that has ended needs none.
func limit(pid int) {
	for resource, most := range map[int]uint64{
		unix.RLIMIT_CPU:   10,       // seconds
		unix.RLIMIT_AS:    3 << 29,  // bytes
		unix.RLIMIT_FSIZE: 64 << 20, // bytes
	} {
		_ = unix.Prlimit(pid, resource, &unix.Rlimit{Cur: most, Max: most}, nil)
	}
}
