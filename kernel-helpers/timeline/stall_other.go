//go:build !linux

package timeline

// prospects cannot be found out here.
func prospects() prospect { return uncertain }

func linkedWithC() bool { return false }
