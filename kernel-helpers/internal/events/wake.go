package events

import (
	"runtime/trace"
	"strconv"
)

const wakeCategory = prefix + "wake"

// Wake tells that the calling goroutine is about to let go on who waits, in whatever
// process, for what has an identity (see [Lock.Identity]). The tracer knows who wakes
// whom within a process alone.
func Wake(identity uint64) {
	if trace.IsEnabled() {
		trace.Log(background, wakeCategory+" "+strconv.FormatUint(identity, 16), "")
	}
}

func decodeWake(identity string) (Event, bool) {
	id, err := strconv.ParseUint(identity, 16, 64)
	return Event{Op: OpWake, Identity: id}, err == nil
}
