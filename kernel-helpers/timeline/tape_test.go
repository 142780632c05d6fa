package timeline

import (
	"io"
	"runtime/trace"
	"strings"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
)

func TestAFullTapeKeepsTheBeginningAndLetsTheProgramRun(t *testing.T) {
	rec := &take{title: "full"}
	if err := rec.start(); err != nil {
		t.Fatal(err)
	}
	defer trace.Stop()
	time.Sleep(ms)
	current.Lock()
	rec.cut() // until here all is kept
	rec.kept.NewBuffer().Write(make([]byte, events.MaxTrace))
	rec.cut()
	current.Unlock()
	rec.watch.watch()
	if trace.IsEnabled() {
		t.Error("the tracer goes on although nothing more is kept")
	}
	time.Sleep(ms)
	got := rec.end()
	if !strings.HasPrefix(got.Finding(), "So much happened that only the beginning was kept. ") {
		t.Errorf("finding: %s", got.Finding())
	}
	naps := 0
	for _, s := range got.lanes[0].Spans {
		if s.State == Sleeping {
			naps++
		}
	}
	if len(got.lanes) != 1 || naps != 1 {
		t.Errorf("%d naps, want the first alone: %+v", naps, got.lanes)
	}
}

// Go allows one flight recorder: while the reader's own runs, tapes are cut in
// another way.
func TestAFlightRecorderOfTheReadersIsLeftAlone(t *testing.T) {
	own := trace.NewFlightRecorder(trace.FlightRecorderConfig{})
	if err := own.Start(); err != nil {
		t.Fatal(err)
	}
	defer own.Stop()
	var inner *Recording
	outer := Record(func() {
		time.Sleep(ms)
		inner = Record(func() { time.Sleep(ms) })
		time.Sleep(ms)
	})
	for name, rec := range map[string]*Recording{"inner": inner, "outer": outer} {
		want := map[string]time.Duration{"inner": ms, "outer": 3 * ms}[name]
		if len(rec.lanes) != 1 || rec.lanes[0].total(in(Sleeping)) < want {
			t.Errorf("%s: %+v", name, rec.lanes)
		}
	}
	if _, err := own.WriteTo(io.Discard); err != nil || !own.Enabled() {
		t.Error("the reader's flight recorder suffered:", err)
	}
}
