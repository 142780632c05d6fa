//go:build unix && !linux

package sandbox

// The system tells too little of other processes. The engine's judge watches its
// own memory.
func inUse(int, bool) usage { return usage{} }

func endSession(int) {}
