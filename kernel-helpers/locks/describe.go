package locks

import (
	"fmt"
	"strings"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
)

// describe tells a primitive's state, if it has one, and who waits: "Mutex accounts:
// held by worker 1; worker 2 waits".
func describe(what, name, state string, waiting []string) string {
	if name != "" {
		what += " " + name
	}
	if state != "" && len(waiting) > 0 {
		state += "; "
	}
	switch len(waiting) {
	case 0:
	case 1:
		state += waiting[0] + " waits"
	default:
		state += strings.Join(waiting, ", ") + " wait"
	}
	return what + ": " + state
}

// heldBy tells who holds something.
func heldBy(holders ...string) string {
	if len(holders) == 0 || holders[0] == "" {
		return "free"
	}
	return "held by " + strings.Join(holders, ", ")
}

// called is what messages call a primitive: "RMutex accounts", "the RMutex".
func called(what, name string) string {
	if name == "" {
		return "the " + what
	}
	return what + " " + name
}

// is says what a lane is of, before its first use: zero values work. It is called
// with the queue locked.
//
//go:norace
func is(lane *events.Lock, kind string, shared bool) {
	if lane.Kind == "" {
		lane.Kind, lane.Shared = kind, shared
	}
}

// kind returns what charts call a primitive.
func kind(lane *events.Lock) string {
	if lane.Kind == "" {
		return "lock"
	}
	return lane.Kind
}

// plural is "1 permit", "2 permits".
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprint(n, " ", noun, "s")
}
