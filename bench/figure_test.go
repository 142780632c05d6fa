package main

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

func TestAGoalIsMissedByMediansNotByOutliers(t *testing.T) {
	f := figure{what: "start", goal: time.Second, peers: []peer{{what: "Python", goal: 0.5}, {what: "Go"}}}
	for _, c := range []struct {
		name    string
		ours    sample
		met     bool
		missing int
	}{
		{"all met", sample{0.9, 0.9, 60}, true, 0},
		{"just met", sample{1, 1, 1}, true, 0},
		{"too slow beside Python", sample{0.99, 1.01, 1.02}, false, 2},
	} {
		var page bytes.Buffer
		met := f.print(&bench{out: &page}, []sample{c.ours, {2, 2, 2}, {0.1, 0.1, 0.1}})
		if met != c.met || strings.Count(page.String(), "**missed**") != c.missing {
			t.Errorf("%s: met %v in\n%s", c.name, met, &page)
		}
		if rows := strings.Count(page.String(), "\n"); rows != 3 {
			t.Errorf("%s: %d rows in\n%s", c.name, rows, &page)
		}
	}
}

func TestPartsAreChosenByName(t *testing.T) {
	chosen, err := choose("queues,locks")
	if err != nil || len(chosen) != 2 || chosen[0].name != "queues" {
		t.Error(chosen, err)
	}
	if all, err := choose(""); err != nil || len(all) != len(parts) {
		t.Error(len(all), err)
	}
	if _, err := choose("queue"); err == nil || !strings.Contains(err.Error(), "queues") {
		t.Error("an unknown part should be answered with those that there are, not", err)
	}
}

func TestEveryGoalHasAReasonAtHand(t *testing.T) {
	for _, s := range []section{
		threadFigures, poolFigures, processFigures, queueFigures, lockFigures, loopFigures, recordingFigures,
	} {
		for _, f := range s.figures {
			if !strings.HasSuffix(f.why, ".") {
				t.Errorf("%s: %q does not say why it may be missed", f.what, f.why)
			}
		}
	}
}
