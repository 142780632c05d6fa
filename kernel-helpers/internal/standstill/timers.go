package standstill

import (
	"os"
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
	restoreProcs(procs)
}

// restoreProcs lets as many goroutines run at once as before. Go goes on to follow the
// number of cores if it did: a call of GOMAXPROCS ends that.
func restoreProcs(before int) {
	if os.Getenv("GOMAXPROCS") == "" {
		runtime.SetDefaultGOMAXPROCS()
	}
	if runtime.GOMAXPROCS(0) != before { // it was set by hand
		runtime.GOMAXPROCS(before)
	}
}
