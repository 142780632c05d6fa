package schedule_test

import (
	"testing"

	"github.com/interleave-lab/interleave/internal/engine/schedule"
)

// What has no choice is the same under each seed; what has one gets all of them.
func TestRunsWithoutAChoice(t *testing.T) {
	for _, c := range []struct {
		name string
		runs int
		f    func(*testing.T)
	}{
		{"alone", 20, func(*testing.T) { schedule.Point(1) }},
		{"alone, and asks which of three goes first", 100, func(*testing.T) { schedule.Pick(3) }},
		{"alone, and asks for a number", 100, func(*testing.T) { schedule.Random() }},
		{"with another", 100, func(*testing.T) {
			schedule.Point(1)
			done := make(chan bool)
			go func() { schedule.Point(2); close(done) }()
			<-done
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			runs := 0
			plan := schedule.Plan{Count: 100, Ends: func(schedule.Outcome) { runs++ }}
			plan.Each(t, c.f)
			if runs != c.runs {
				t.Errorf("it had %d runs; want %d", runs, c.runs)
			}
		})
	}
}

// A program of many Points has fewer runs, and never fewer than its plan's least.
func TestRunsOfManySteps(t *testing.T) {
	for _, c := range []struct {
		name         string
		steps        int
		least, count uint64
		want         uint64
	}{
		{"without a bound", 0, 0, 100, 100},
		{"a step is more than is left", 1, 0, 100, 1},
		{"a step is more than is left, and ten are to be", 1, 10, 100, 10},
		{"ten are to be, and three asked for", 1, 10, 3, 3},
		{"the bound is beyond the runs", 1 << 20, 10, 100, 100},
	} {
		t.Run(c.name, func(t *testing.T) {
			const first = 7 // seeds count from anywhere
			var runs uint64
			plan := schedule.Plan{First: first, Count: c.count, Steps: c.steps, Least: c.least, Ends: func(schedule.Outcome) { runs++ }}
			plan.Each(t, small)
			if runs != c.want {
				t.Errorf("it had %d runs; want %d", runs, c.want)
			}
		})
	}
}
