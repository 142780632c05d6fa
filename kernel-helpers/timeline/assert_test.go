package timeline_test

import (
	"strings"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/timeline"
)

// wellFormed checks what holds of every recording.
func wellFormed(t *testing.T, rec *timeline.Recording) {
	t.Helper()
	for _, lane := range rec.Lanes() {
		last := lane.Start
		if lane.Start < 0 || lane.End > rec.Wall() || lane.Start > lane.End {
			t.Errorf("%s lasts from %v to %v of %v", lane.Name, lane.Start, lane.End, rec.Wall())
		}
		for _, s := range lane.Spans {
			if s.Start < last || s.End < s.Start || s.End > lane.End {
				t.Errorf("%s: span %+v begins before %v or ends after %v", lane.Name, s, last, lane.End)
			}
			if lane.Kind != timeline.Lock && s.Start != last {
				t.Errorf("%s: nothing is known from %v to %v", lane.Name, last, s.Start)
			}
			last = s.End
		}
		if lane.Kind != timeline.Lock && last != lane.End {
			t.Errorf("%s: nothing is known from %v to %v", lane.Name, last, lane.End)
		}
	}
	at := time.Duration(0)
	for _, step := range rec.CriticalPath() {
		if step.Start != at || step.End <= step.Start {
			t.Errorf("step %+v of the critical path does not go on from %v", step, at)
		}
		at = step.End
	}
	if at != rec.Wall() {
		t.Errorf("the critical path ends at %v of %v", at, rec.Wall())
	}
	for _, w := range rec.Wakes() {
		if w.From == w.To || w.At < 0 || w.At > rec.Wall() {
			t.Errorf("wake %+v", w)
		}
	}
}

func names(rec *timeline.Recording, kind timeline.Kind) string {
	var found []string
	for _, lane := range rec.Lanes() {
		if lane.Kind == kind {
			found = append(found, lane.Name)
		}
	}
	return strings.Join(found, ", ")
}

func only(t *testing.T, rec *timeline.Recording, kind timeline.Kind) timeline.Lane {
	t.Helper()
	var found []timeline.Lane
	for _, lane := range rec.Lanes() {
		if lane.Kind == kind {
			found = append(found, lane)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d lanes of kind %v, want one", len(found), kind)
	}
	return found[0]
}

func total(lane timeline.Lane, state timeline.State) time.Duration {
	var sum time.Duration
	for _, s := range lane.Spans {
		if s.State == state {
			sum += s.End - s.Start
		}
	}
	return sum
}
