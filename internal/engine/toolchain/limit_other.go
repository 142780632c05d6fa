//go:build !linux

package toolchain

// limit does nothing where a process cannot limit another.
func limit(int) {}
