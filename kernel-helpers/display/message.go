package display

import "runtime/debug"

// commValue has the shape of gonbui/protocol.CommValue of GoNB 0.11.
type commValue struct {
	address string
	value   any
}

const (
	commMIME    = "gonb/comm_value"
	syncAddress = "#gonbui/sync"
	syncAck     = "#gonbui/sync_ack"
)

// usesGonbui reports whether GoNB's own library is part of this program, whose
// reader would take the kernel's answers to us.
func usesGonbui() bool {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return false
	}
	for _, module := range info.Deps {
		if module.Path == "github.com/janpfeifer/gonb" {
			return true
		}
	}
	return false
}
