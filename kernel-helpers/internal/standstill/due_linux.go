package standstill

import (
	"math"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Due returns how much time there is at least until the next of the program's timers
// fires, or the tracer's own. It reports false if the system does not tell. The caller
// must be the only goroutine that runs.
func Due() (in time.Duration, ok bool) {
	if runtime.GOMAXPROCS(0) == 1 { // it takes Go long to let another thread poll beside this one
		runtime.GOMAXPROCS(2)
		defer restoreProcs(1)
	}
	// The thread in the system's poll waits for the earliest timer. It wakes up for
	// this one, and then waits for the next: how long is counted from now on.
	began := time.Now()
	time.Sleep(time.Millisecond)
	for _, pause := range probes {
		rest(pause)
		timeout, polls := time.Duration(math.MaxInt64), false
		told := eachThread(func(data string) {
			if d, ok := polling(data); ok {
				timeout, polls = min(timeout, d), true
			}
		})
		switch {
		case !told:
			return 0, false
		case polls:
			return timeout - time.Since(began), true
		}
	}
	return 0, false
}

// probes are the pauses before each look: in 20 ms Go lets another thread poll if the
// one that should is in a system call.
var probes = []time.Duration{2 * time.Millisecond, 2 * time.Millisecond, 5 * time.Millisecond, 25 * time.Millisecond}

// polling reads what the system tells of a thread: for how long, from the call on, it
// waits in the runtime's poll, if it does.
func polling(data string) (timeout time.Duration, ok bool) {
	words := strings.Fields(data) // number, poll, events, how many, milliseconds, ...
	if len(words) < 5 || words[0] != strconv.Itoa(syscall.SYS_EPOLL_PWAIT) {
		return 0, false
	}
	argument, err := strconv.ParseUint(strings.TrimPrefix(words[4], "0x"), 16, 64)
	if err != nil {
		return 0, false
	}
	if milliseconds := int32(argument); milliseconds >= 0 {
		return time.Duration(milliseconds) * time.Millisecond, true
	}
	return math.MaxInt64, true // for ever
}
