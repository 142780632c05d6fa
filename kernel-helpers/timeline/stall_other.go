//go:build !linux

package timeline

import "time"

// prospects cannot be found out here.
func prospects(time.Time) prospect { return uncertain }

func linkedWithC() bool { return false }
