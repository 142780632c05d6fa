package timeline_test

import (
	"bytes"
	"fmt"
	"runtime"
	"runtime/trace"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/threads"
	"github.com/interleave-lab/interleave/kernel-helpers/timeline"
)

func TestInnerRecordingShowsItsPart(t *testing.T) {
	var inner *timeline.Recording
	outer := timeline.Record(func() {
		threads.Go("before", func() { time.Sleep(nap / 4) }).Join()
		inner = timeline.Record(func() {
			threads.Go("within", func() { time.Sleep(nap / 4) }).Join()
		})
		threads.Go("after", func() { time.Sleep(nap / 4) }).Join()
	})
	wellFormed(t, inner)
	wellFormed(t, outer)
	if got := names(inner, timeline.Thread); got != "within" {
		t.Errorf("inner: %s", got)
	}
	if got := names(outer, timeline.Thread); got != "before, within, after" {
		t.Errorf("outer: %s", got)
	}
	if inner.Wall() >= outer.Wall() {
		t.Errorf("the inner took %v of the outer's %v", inner.Wall(), outer.Wall())
	}
}

func TestRecordingsBesideEachOther(t *testing.T) {
	var recs [2]*timeline.Recording
	var wg sync.WaitGroup
	for i := range recs {
		wg.Go(func() {
			recs[i] = timeline.Record(func() {
				threads.Go(fmt.Sprint("of ", i), func() { time.Sleep(nap) }).Join()
			})
		})
	}
	wg.Wait()
	for i, rec := range recs {
		wellFormed(t, rec)
		if got := names(rec, timeline.Main); got != "main" {
			t.Errorf("recording %d has the main lanes %q", i, got)
		}
		if got := names(rec, timeline.Thread); !strings.Contains(got, fmt.Sprint("of ", i)) {
			t.Errorf("recording %d lacks its thread: %q", i, got)
		}
	}
}

func TestAnotherTraceIsRespected(t *testing.T) {
	var other bytes.Buffer
	if err := trace.Start(&other); err != nil {
		t.Fatal(err)
	}
	defer trace.Stop()
	ran := false
	rec := timeline.Record(func() { ran = true })
	if !ran || len(rec.Lanes()) != 0 || !strings.Contains(rec.Finding(), "another trace is running") {
		t.Errorf("ran: %v, finding: %s", ran, rec.Finding())
	}
	if !trace.IsEnabled() {
		t.Error("the other trace was stopped")
	}
}

func TestPanicPassesWithItsValue(t *testing.T) {
	func() {
		defer func() {
			if got := recover(); got != "boom" {
				t.Errorf("recovered %v", got)
			}
		}()
		timeline.Record(func() { panic("boom") })
	}()
	if trace.IsEnabled() {
		t.Error("the trace runs on")
	}
	gone := make(chan bool)
	go func() {
		defer close(gone)
		timeline.Record(runtime.Goexit)
	}()
	<-gone
	if trace.IsEnabled() {
		t.Error("the trace runs on after Goexit")
	}
}
