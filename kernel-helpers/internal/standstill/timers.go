package standstill

import (
	"runtime"
	"time"
)

// ForgetTimers makes the runtime forget timers that were stopped. It leaves them
// where they are, the deadline of a read that has long ended, say, and a thread
// waits until they would have fired: until then Go does not notice that nothing can
// run any more.
func ForgetTimers() {
	// A processor that is taken away leaves its timers to the first one, but not
	// those that were stopped; the first clears its own out when it looks for work.
	procs := runtime.GOMAXPROCS(1)
	// The thread that waits for a timer waits for the earliest. It wakes up for this
	// one, and looks which is the next.
	time.Sleep(time.Millisecond)
	runtime.GOMAXPROCS(procs)
}
