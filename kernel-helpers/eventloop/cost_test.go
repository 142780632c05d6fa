package eventloop_test

import (
	"math"
	"runtime"
	"testing"

	"github.com/interleave-lab/interleave/kernel-helpers/eventloop"
)

// TestATaskIsSmall holds what a task that waits costs in memory, most of which is
// iter.Pull's. Where there are many, it decides how often the garbage collector looks
// through the stacks of all, which takes longer than all their turns.
func TestATaskIsSmall(t *testing.T) {
	const tasks, bytes, objects = 1000, 352, 8
	all := make([]*eventloop.Task[eventloop.None], tasks)
	gather := func() {
		quiet(t, func(loop *Loop) {
			for i := range all {
				all[i] = loop.Go("", loop.Yield)
			}
			eventloop.Gather(all...)
		})
	}
	gather() // the runtime keeps what it needs for so many goroutines
	leastBytes, leastObjects := uint64(math.MaxUint64), uint64(math.MaxUint64)
	for range 5 { // a collection beside it costs the runtime some memory of its own
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		gather()
		runtime.ReadMemStats(&after)
		leastBytes = min(leastBytes, (after.TotalAlloc-before.TotalAlloc)/tasks)
		leastObjects = min(leastObjects, (after.Mallocs-before.Mallocs)/tasks)
	}
	if leastBytes > bytes || leastObjects > objects {
		t.Errorf("%d bytes in %d objects for a task, more than %d in %d", leastBytes, leastObjects, bytes, objects)
	}
}
