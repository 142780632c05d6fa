//go:build !linux

package standstill

import "time"

// Ask cannot find out here.
func Ask(within time.Duration) Outlook { return Uncertain }

// Due cannot tell here.
func Due() (in time.Duration, ok bool) { return 0, false }

// LinkedWithC cannot tell here.
func LinkedWithC() bool { return false }
