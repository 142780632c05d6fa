//go:build !linux

package threads

// OSThread returns the system's id of the OS thread that the caller runs on at
// this moment, or 0 where the system does not tell, as here.
func OSThread() int { return 0 }
