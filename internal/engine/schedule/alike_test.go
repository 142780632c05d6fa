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
