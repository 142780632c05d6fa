package threads_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/threads"
	"github.com/interleave-lab/interleave/kernel-helpers/timeline"
)

// TestRecordingNamesThreadsAndWaits: what main waits for, and the lanes of all
// kinds of threads.
func TestRecordingNamesThreadsAndWaits(t *testing.T) {
	const nap = 20 * time.Millisecond
	sleep := func() { time.Sleep(nap) }
	rec := timeline.Record(func() {
		threads.Go("worker 1", sleep).Join()
		threads.After(nap, "alarm", sleep).JoinTimeout(time.Minute)
		threads.Go("player", sleep, threads.Pinned).Join()
		var group threads.Group
		group.Go("worker 2", sleep)
		group.Go("worker 3", sleep)
		group.Wait()
	})
	var lanes, waits []string
	for _, lane := range rec.Lanes() {
		lanes = append(lanes, lane.Name)
		for _, span := range lane.Spans {
			if lane.Name == "main" && span.State == timeline.Waiting {
				waits = append(waits, span.For)
			}
		}
	}
	if got, want := strings.Join(lanes, ", "), "main, worker 1, alarm, player, worker 2, worker 3"; got != want {
		t.Errorf("lanes %s\nwant %s", got, want)
	}
	// Who ends the group's wait may still have its mutex: main then waits twice.
	waits = slices.Compact(waits)
	if got, want := strings.Join(waits, ", "), "thread worker 1, thread alarm, thread player, all of group"; got != want {
		t.Errorf("main waits for %s\nwant %s", got, want)
	}
}
