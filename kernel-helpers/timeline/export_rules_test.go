package timeline_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/locks"
	"github.com/interleave-lab/interleave/kernel-helpers/threads"
	"github.com/interleave-lab/interleave/kernel-helpers/timeline"
)

// traceEvent is an event of the Trace Event Format.
type traceEvent struct {
	Name, Ph, Cat, Bp string
	Ts                *float64
	Dur               float64
	Pid, Tid          *int
	ID                *int
	Args              map[string]any
}

// exported returns the events of a recording as its trace tells them.
func exported(t *testing.T, rec *timeline.Recording) []traceEvent {
	t.Helper()
	var out bytes.Buffer
	if err := rec.WriteTrace(&out); err != nil {
		t.Fatal(err)
	}
	var file struct {
		TraceEvents     []traceEvent
		DisplayTimeUnit string
	}
	decoder := json.NewDecoder(&out)
	if err := decoder.Decode(&file); err != nil {
		t.Fatal(err)
	}
	if file.DisplayTimeUnit != "ms" && file.DisplayTimeUnit != "ns" {
		t.Errorf("displayTimeUnit is %q", file.DisplayTimeUnit)
	}
	return file.TraceEvents
}

// The rules of "Trace Event Format" for the phases that are used here.
func TestChromeTraceKeepsTheFormatsRules(t *testing.T) {
	rec := timeline.Record(func() {
		mu := locks.NewMutex("mu")
		var group threads.Group
		for i := range 3 {
			group.Go(fmt.Sprint("worker ", i), func() { mu.With(func() { time.Sleep(5 * time.Millisecond) }) })
		}
		child, cmd := startChild(t)
		if err := cmd.Wait(); err != nil {
			t.Error(err)
		}
		child.Ended("", 0)
		group.Wait()
	})
	type track struct{ pid, tid int }
	names, processes := map[track]string{}, map[int]string{}
	spans := map[track][]traceEvent{}
	type end struct {
		track
		ts float64
	}
	flows := map[int]map[string]end{}
	counts, critical := 0, 0
	for _, e := range exported(t, rec) {
		if e.Name == "" && e.Ph != "X" || e.Pid == nil || e.Tid == nil {
			t.Fatalf("an event without name, pid or tid: %+v", e)
		}
		on := track{*e.Pid, *e.Tid}
		if e.Ph != "M" && (e.Ts == nil || *e.Ts < 0 || *e.Ts > float64(rec.Wall().Microseconds()+1)) {
			t.Fatalf("an event without a time of the recording: %+v", e)
		}
		switch e.Ph {
		case "M":
			switch name, _ := e.Args["name"].(string); e.Name {
			case "thread_name":
				if names[on] != "" || name == "" {
					t.Errorf("thread %v is named %q, then %q", on, names[on], name)
				}
				names[on] = name
			case "process_name":
				processes[on.pid] = name
			case "thread_sort_index", "process_sort_index":
				if _, is := e.Args["sort_index"].(float64); !is {
					t.Errorf("%+v", e)
				}
			default:
				t.Errorf("unknown metadata %q", e.Name)
			}
		case "X":
			if e.Dur < 0 {
				t.Errorf("a span that lasts %v", e.Dur)
			}
			if strings.HasSuffix(e.Cat, ",critical") {
				critical++
			}
			spans[on] = append(spans[on], e)
		case "s", "f":
			if e.ID == nil || e.Cat == "" || e.Ph == "f" && e.Bp != "e" {
				t.Fatalf("a flow's end that binds to nothing: %+v", e)
			}
			if flows[*e.ID] == nil {
				flows[*e.ID] = map[string]end{}
			}
			if _, twice := flows[*e.ID][e.Ph]; twice {
				t.Errorf("flow %d has two of %q", *e.ID, e.Ph)
			}
			flows[*e.ID][e.Ph] = end{on, *e.Ts}
		case "C":
			if len(e.Args) != 2 {
				t.Errorf("a counter of %v", e.Args)
			}
			counts++
		default:
			t.Errorf("unknown phase %q", e.Ph)
		}
	}
	for on, all := range spans {
		if names[on] == "" || processes[on.pid] == "" {
			t.Errorf("%v has spans and no name", on)
		}
		slices.SortStableFunc(all, func(a, b traceEvent) int { return cmp.Compare(*a.Ts, *b.Ts) })
		for i := 1; i < len(all); i++ { // spans of a thread nest or follow each other
			if *all[i-1].Ts+all[i-1].Dur > *all[i].Ts+0.0005 {
				t.Errorf("%s: a span from %v for %v reaches into the next from %v", names[on], *all[i-1].Ts, all[i-1].Dur, *all[i].Ts)
			}
		}
	}
	around := func(e end) bool {
		return slices.ContainsFunc(spans[e.track], func(s traceEvent) bool { return *s.Ts <= e.ts && e.ts <= *s.Ts+s.Dur+0.0005 })
	}
	for id, flow := range flows {
		from, to := flow["s"], flow["f"]
		if len(flow) != 2 || from.ts > to.ts || !around(from) || !around(to) {
			t.Errorf("flow %d leads from %+v to %+v", id, from, to)
		}
	}
	if len(flows) != len(rec.Wakes()) || len(processes) != 2 || counts < 2 || critical == 0 {
		t.Errorf("%d flows of %d, %d processes, %d counts, %d critical spans", len(flows), len(rec.Wakes()), len(processes), counts, critical)
	}
}

func TestSaveSaysWhereToOpenTheFile(t *testing.T) {
	rec := timeline.Record(func() {})
	name := filepath.Join(t.TempDir(), "trace.json")
	if err := rec.Save(name); err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(name); err != nil || !json.Valid(data) {
		t.Error("the file is no JSON:", err)
	}
	if err := rec.Save(filepath.Join(name, "below.json")); err == nil || !strings.HasPrefix(err.Error(), "timeline: cannot save the recording: ") {
		t.Error(err)
	}
}
