package events_test

import (
	"bytes"
	"io"
	"runtime/trace"
	"slices"
	"testing"

	exptrace "golang.org/x/exp/trace"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
)

// logged returns the facts that a trace holds, in order.
func logged(t *testing.T, data []byte) []events.Event {
	t.Helper()
	r, err := exptrace.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	var found []events.Event
	for {
		e, err := r.ReadEvent()
		if err != nil { // io.EOF, or the trace breaks off
			return found
		}
		if e.Kind() != exptrace.EventLog {
			continue
		}
		if fact, ok := events.Decode(e.Log().Category, e.Log().Message); ok {
			fact.CPU = 0 // differs each time
			found = append(found, fact)
		}
	}
}

// record returns the facts told while f ran.
func record(t *testing.T, f func()) []events.Event {
	t.Helper()
	var data bytes.Buffer
	if err := trace.Start(&data); err != nil {
		t.Fatal(err)
	}
	f()
	trace.Stop()
	return logged(t, data.Bytes())
}

func TestFactsComeBackAsTold(t *testing.T) {
	mu := events.NewLock("lock", "the printer")
	var anonymous events.Lock
	slots := events.Lock{Kind: "semaphore", Name: "3 slots", Shared: true, Permits: 3}
	across := events.Lock{Name: "of several processes", Identity: 1<<63 + 5}
	got := record(t, func() {
		events.Begin(7)
		events.Thread("worker 1")
		mu.Want()
		mu.Quit()
		mu.Want()
		mu.Got()
		mu.Released()
		anonymous.Got()
		slots.GotAlone()
		across.Got()
		events.Wake(across.Identity)
		events.End(7)
	})
	if len(got) != 12 {
		t.Fatalf("told 12 facts, read %d: %+v", len(got), got)
	}
	id := got[2].ID
	want := []events.Event{
		{Op: events.OpBegin, ID: 7},
		{Op: events.OpThread, Name: "worker 1"},
		{Op: events.OpWant, ID: id, Kind: "lock", Name: "the printer"},
		{Op: events.OpQuit, ID: id, Kind: "lock", Name: "the printer"},
		{Op: events.OpWant, ID: id, Kind: "lock", Name: "the printer"},
		{Op: events.OpGot, ID: id, Kind: "lock", Name: "the printer"},
		{Op: events.OpReleased, ID: id, Kind: "lock", Name: "the printer"},
		{Op: events.OpGot, ID: got[7].ID, Kind: "lock"},
		{Op: events.OpGotAlone, ID: got[8].ID, Kind: "semaphore", Name: "3 slots", Shared: true, Permits: 3},
		{Op: events.OpGot, ID: got[9].ID, Kind: "lock", Name: "of several processes", Identity: 1<<63 + 5},
		{Op: events.OpWake, Identity: 1<<63 + 5},
		{Op: events.OpEnd, ID: 7},
	}
	if !slices.Equal(got, want) {
		t.Errorf("read  %+v\nwant %+v", got, want)
	}
	if got[7].ID == id {
		t.Error("two locks share a number")
	}
}

func TestLogsOfOthersAreIgnored(t *testing.T) {
	for _, category := range []string{"", "request", "interleave", "interleave ", "interleave got x - lock ", "interleave got 1 lock mu", "interleave got 1 x lock mu", "interleave got 1@ - lock mu", "interleave got 1@x - lock mu", "interleave started", "interleave begin", "interleave wake x"} {
		if e, ok := events.Decode(category, "not ours"); ok {
			t.Errorf("Decode(%q) = %+v, want nothing", category, e)
		}
	}
}

func TestNothingIsToldWhileNothingRecords(t *testing.T) {
	if events.On() {
		t.Fatal("On without a trace")
	}
	var mu events.Lock
	allocs := testing.AllocsPerRun(100, func() {
		events.Thread("x")
		mu.Want()
		mu.Got()
		mu.Released()
	})
	if allocs != 0 {
		t.Errorf("%v allocations with no recording, want 0", allocs)
	}
	if _, ok := events.RecordChild("x"); ok {
		t.Error("a child is recorded without a recording")
	}
}

func BenchmarkLock(b *testing.B) {
	for _, on := range []bool{false, true} {
		b.Run(map[bool]string{false: "off", true: "on"}[on], func(b *testing.B) {
			if on {
				trace.Start(io.Discard)
				defer trace.Stop()
			}
			mu := events.NewLock("lock", "mu")
			for b.Loop() {
				mu.Got()
			}
		})
	}
}
