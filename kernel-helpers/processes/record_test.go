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
	w := processes.NewWorker(logs, "worker 1")
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
		w := processes.NewWorker(logs, "worker")
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

// baton is something that one process has, and lets another have after a nap.
type baton struct {
	What        string
	Jobs        *processes.Queue[int]
	In          *processes.End[int]
	Out         *processes.End[int]
	Done        *processes.Event
	Guard       *processes.Lock
	Seats       *processes.Semaphore
	Ready, Wait *processes.Event // the first has it; the second is about to want it
}

const batonNap = 50 * time.Millisecond

var runFirst = processes.NewAction("runFirst", func(r baton) error {
	switch r.What {
	case "a full queue":
		r.Jobs.Put(background, 1)
	case "lock":
		r.Guard.Lock(background)
	case "semaphore":
		r.Seats.Acquire(background)
	}
	r.Ready.Set()
	r.Wait.Wait(background)
	time.Sleep(batonNap)
	switch r.What {
	case "queue":
		return r.Jobs.Put(background, 1)
	case "a full queue":
		_, err := r.Jobs.Get(background)
		return err
	case "pipe":
		return r.Out.Send(background, 1)
	case "event":
		return r.Done.Set()
	case "lock":
		r.Guard.Unlock()
	case "semaphore":
		r.Seats.Release()
	}
	return nil
})

var runSecond = processes.NewAction("runSecond", func(r baton) (err error) {
	r.Wait.Set()
	switch r.What {
	case "queue":
		_, err = r.Jobs.Get(background)
	case "a full queue":
		err = r.Jobs.Put(background, 2)
	case "pipe":
		_, err = r.In.Recv(background)
	case "event":
		err = r.Done.Wait(background)
	case "lock":
		err = r.Guard.Lock(background)
	case "semaphore":
		err = r.Seats.Acquire(background)
	}
	return err
})

func TestTheCriticalPathLeadsFromProcessToProcess(t *testing.T) {
	for _, what := range []string{"queue", "a full queue", "pipe", "event", "lock", "semaphore"} {
		t.Run(what, func(t *testing.T) {
			r := baton{
				What: what, Jobs: processes.NewQueue[int](1), Done: processes.NewEvent("done"),
				Guard: processes.NewLock("guard"), Seats: processes.NewSemaphore("seats", 1),
				Ready: processes.NewEvent("ready"), Wait: processes.NewEvent("wait"),
			}
			in, out := processes.NewPipe[int](1)
			rec := timeline.Record(func() {
				r.Out = out
				first := runFirst.Named("first").Start(t.Context(), r)
				r.Ready.Wait(t.Context())
				r.Out, r.In = nil, in
				second := runSecond.Named("second").Start(t.Context(), r)
				for _, p := range []*processes.Process{second, first} {
					if err := p.Wait(); err != nil {
						t.Error(err)
					}
				}
			})
			lanes := rec.Lanes()
			is := func(lane int, name string) bool { return lane >= 0 && strings.HasPrefix(lanes[lane].Name, name) }
			slept := time.Duration(0)
			for _, step := range rec.CriticalPath() {
				if is(step.Lane, "first") && step.State == timeline.Sleeping {
					slept += step.End - step.Start
				}
			}
			if slept < batonNap*9/10 {
				t.Errorf("the path has %v of the first one's nap of %v: %+v", slept, batonNap, rec.CriticalPath())
			}
			if !slices.ContainsFunc(rec.Wakes(), func(w timeline.Wake) bool { return is(w.From, "first") && is(w.To, "second") }) {
				t.Errorf("no arrow leads from the first to the second: %+v", rec.Wakes())
			}
		})
	}
}

var computeAndDie = processes.NewAction("computeAndDie", func(busy time.Duration) error {
	var usage syscall.Rusage
	for usage.Utime.Nano() < int64(busy) {
		syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	}
	return syscall.Kill(os.Getpid(), syscall.SIGKILL)
})

func TestARecordingHasTheProcessorTimeOfAKilledProcess(t *testing.T) {
	const busy = 30 * time.Millisecond
	rec := timeline.Record(func() { computeAndDie.Start(t.Context(), busy).Wait() })
	if got := rec.Lanes()[1]; got.Kind != timeline.Process || got.CPU < busy/2 {
		t.Errorf("it had %v of processor time, want some %v", got.CPU, busy)
	}
}
