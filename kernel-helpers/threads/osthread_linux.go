package threads

import "syscall"

// OSThread returns the system's id of the OS thread that the caller runs on at
// this moment (gettid), or 0 where the system does not tell. A goroutine may move
// to another at any time, unless it is pinned.
func OSThread() int { return syscall.Gettid() }
