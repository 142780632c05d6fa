//go:build !linux

package standstill

// Ask cannot find out here.
func Ask() Outlook { return Uncertain }

// LinkedWithC cannot tell here.
func LinkedWithC() bool { return false }
