package timeline_test

import (
	"bytes"
	"encoding/json"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/locks"
	"github.com/interleave-lab/interleave/kernel-helpers/threads"
	"github.com/interleave-lab/interleave/kernel-helpers/timeline"
)

func TestChromeTrace(t *testing.T) {
	rec := timeline.Record(func() {
		var mu locks.Mutex
		mu.Lock()
		th := threads.Go("the \"worker\"\n", func() { mu.With(func() {}) })
		time.Sleep(10 * time.Millisecond)
		mu.Unlock()
		th.Join()
	})
	var out bytes.Buffer
	if err := rec.WriteTrace(&out); err != nil {
		t.Fatal(err)
	}
	var file struct {
		TraceEvents []struct {
			Name, Ph string
			Ts, Dur  float64
			Tid      int
			Args     map[string]any
		}
	}
	if err := json.Unmarshal(out.Bytes(), &file); err != nil {
		t.Fatal(err)
	}
	spans, flows, lanes, took := 0, map[string]int{}, []string{}, map[int]float64{}
	for _, e := range file.TraceEvents {
		switch e.Ph {
		case "X":
			spans++
			took[e.Tid] += e.Dur
		case "s", "f":
			flows[e.Ph]++
		case "M":
			if e.Name == "thread_name" {
				lanes = append(lanes, e.Args["name"].(string))
			}
		}
	}
	want := 0
	for i, lane := range rec.Lanes() {
		want += len(lane.Spans)
		var all time.Duration
		for _, s := range lane.Spans {
			all += s.End - s.Start
		}
		if got := time.Duration(math.Round(took[i] * 1000)); got != all {
			t.Errorf("%s: spans of %v, want %v", lane.Name, got, all)
		}
	}
	if spans != want || flows["s"] != len(rec.Wakes()) || flows["f"] != len(rec.Wakes()) {
		t.Errorf("%d spans of %d, %v flow ends of %d", spans, want, flows, len(rec.Wakes()))
	}
	if got := strings.Join(lanes, ", "); got != "main, the \"worker\"\n, lock mu" {
		t.Errorf("lanes: %s", got)
	}
}
