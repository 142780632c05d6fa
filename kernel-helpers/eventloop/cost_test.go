package eventloop_test

import (
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
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	gather()
	runtime.ReadMemStats(&after)
	if got := (after.TotalAlloc - before.TotalAlloc) / tasks; got > bytes {
		t.Errorf("%d bytes for a task, more than %d", got, bytes)
	}
	if got := (after.Mallocs - before.Mallocs) / tasks; got > objects {
		t.Errorf("%d objects for a task, more than %d", got, objects)
	}
}
