package processes_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"runtime/trace"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
	"github.com/interleave-lab/interleave/kernel-helpers/processes"
	"github.com/interleave-lab/interleave/kernel-helpers/timeline"
)

// recorded returns what a recording has of the children that f starts or uses.
func recorded(t *testing.T, f func()) []events.ChildRecord {
	t.Helper()
	tape := events.Open()
	if err := trace.Start(io.Discard); err != nil {
		t.Fatal(err)
	}
	f()
	trace.Stop()
	tape.Close()
	return tape.Finish(10 * time.Second)
}

var logs = processes.NewFunc("logs", func(text string) (int, error) {
	trace.Log(context.Background(), "test", text)
	if text == "panic" {
		panic(text)
	}
	return os.Getpid(), nil
})

func hasTrace(c events.ChildRecord, text string) bool {
	return bytes.HasPrefix(c.Trace.From(0), []byte("go 1.")) && bytes.Contains(c.Trace.From(0), []byte(text))
}

func TestChildrenAreRecorded(t *testing.T) {
	var pids []int
	records := recorded(t, func() {
		for _, text := range []string{"all is well", "panic"} {
			p := logs.Named(text).Start(t.Context(), text)
			pids = append(pids, p.Pid())
			p.Wait()
		}
	})
	if len(records) != 2 {
		t.Fatalf("%d children", len(records))
	}
	for i, c := range records {
		if c.PID != pids[i] || !hasTrace(c, c.Name) {
			t.Errorf("%s: pid %d, not %d, %d bytes of trace", c.Name, c.PID, pids[i], len(c.Trace.From(0)))
		}
	}
}

func TestWorkerIsInEveryRecording(t *testing.T) {
	w := logs.Worker("worker 1")
	defer w.Close()
	call := func(text string) int {
		pid, err := w.Call(t.Context(), text)
		if err != nil {
			t.Fatal(err)
		}
		return pid
	}
	pid := call("before")
	for _, text := range []string{"first", "second"} {
		records := recorded(t, func() {
			if n := call(text); n != pid {
				t.Error("another process")
			}
			call("again")
		})
		if len(records) != 1 || records[0].Name != "worker 1" || records[0].PID != pid || !hasTrace(records[0], text) {
			t.Errorf("%s: %d records", text, len(records))
		}
		if slices.ContainsFunc(records, func(c events.ChildRecord) bool { return hasTrace(c, "between") }) {
			t.Error("what happened between recordings is in one")
		}
		call("between")
	}
}

// A worker's process may end at any moment, also while a call makes it known to
// a recording.
func TestWorkerThatDiesWhileARecordingTakesItIn(t *testing.T) {
	for range 40 {
		w := logs.Worker("worker")
		pid, err := w.Call(t.Context(), "before")
		if err != nil {
			t.Fatal(err)
		}
		recorded(t, func() {
			syscall.Kill(pid, syscall.SIGKILL)
			w.Call(t.Context(), "meanwhile") // by the dying process, or by another
		})
		w.Close()
	}
}

var waitInVain = processes.NewAction("waitInVain", func(q *processes.Queue[int]) error {
	ctx, cancel := context.WithTimeout(background, 20*time.Millisecond)
	defer cancel()
	q.Get(ctx)
	return nil
})

func TestARecordingKnowsTheQueueThatAChildWaitsFor(t *testing.T) {
	q := processes.NewQueue[int](1).Named("jobs")
	records := recorded(t, func() {
		if err := waitInVain.Start(t.Context(), q).Wait(); err != nil {
			t.Error(err)
		}
	})
	if len(records) != 1 || !hasTrace(records[0], "queue jobs") {
		t.Errorf("%d records", len(records))
	}
}

// meeting is where processes that have something at the same time wait for each other.
type meeting struct {
	Seats *processes.Semaphore
	Guard *processes.Lock
	Come  *processes.Value[int]
	All   *processes.Event
	N     int
}

var meet = processes.NewAction("meet", func(m meeting) error {
	if err := m.Guard.With(background, func() error { return nil }); err != nil {
		return err
	}
	return m.Seats.With(background, func() error {
		if processes.Add(m.Come, 1) == m.N {
			m.All.Set()
		}
		return m.All.Wait(background)
	})
})

func TestARecordingDrawsWhatProcessesShareOnce(t *testing.T) {
	m := meeting{processes.NewSemaphore("seats", 2), processes.NewLock("guard"), processes.NewValue(0), processes.NewEvent(""), 2}
	rec := timeline.Record(func() {
		m.Guard.With(t.Context(), func() error { return nil }) // the parent has it, too
		first, second := meet.Named("first").Start(t.Context(), m), meet.Named("second").Start(t.Context(), m)
		for _, p := range []*processes.Process{first, second} {
			if err := p.Wait(); err != nil {
				t.Error(err)
			}
		}
	})
	lanes := map[string]timeline.Lane{}
	for _, lane := range rec.Lanes() {
		if lane.Kind == timeline.Lock {
			lanes[lane.Name] = lane
		}
	}
	seats, guard := lanes["semaphore seats"], lanes["lock guard"]
	both := func(s timeline.Span) bool {
		return strings.HasPrefix(s.For, "2 of 2: ") && strings.Contains(s.For, "first (pid") && strings.Contains(s.For, "second (pid")
	}
	if len(lanes) != 3 || len(guard.Spans) != 3 || !slices.ContainsFunc(seats.Spans, both) {
		t.Errorf("lanes of locks: %+v", lanes)
	}
}
