//go:build !linux

package standstill

import "time"

// Ask cannot find out here.
func Ask(time.Time) Outlook { return Uncertain }

// LinkedWithC cannot tell here.
func LinkedWithC() bool { return false }
