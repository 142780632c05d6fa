//go:build amd64 || arm64

package schedule

import "unsafe"

// getg returns the runtime's record of the calling goroutine.
func getg() unsafe.Pointer
