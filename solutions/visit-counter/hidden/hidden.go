// Package hidden holds the hidden checks of visit-counter.
package hidden

import (
	"testing"

	exercise "github.com/interleave-lab/interleave/exercises/visit-counter"
	"github.com/interleave-lab/interleave/internal/engine/probe"
	"github.com/interleave-lab/interleave/internal/engine/schedule"
)

// TestManyVisits: many visits are counted without a loss.
//
//interleave:points 2
func TestManyVisits(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		const threads, visits = 20, 10
		numbers := probe.NewJournal[int](threads * visits)
		total := exercise.CountVisits(threads, visits, func(number int) { numbers.Note(number) })
		sum := 0
		for _, number := range numbers.Notes() {
			sum += number
		}
		if n := threads * visits; total != n || numbers.Total() != n || sum != n*(n+1)/2 {
			t.Fatalf("%d visits were counted as %d, and their numbers add up to %d.", numbers.Total(), total, sum)
		}
	})
}

// TestNobody: no threads, or no visits, make no visit.
func TestNobody(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		for _, c := range []struct{ threads, visits int }{{0, 3}, {3, 0}} {
			var load probe.Load
			if total := exercise.CountVisits(c.threads, c.visits, func(int) { load.Enter() }); total != 0 || load.Total() != 0 {
				t.Errorf("%d threads with %d visits each were counted as %d.", c.threads, c.visits, total)
			}
		}
	})
}

// TestOneThread: a single thread makes its visits in the order of their numbers.
func TestOneThread(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		numbers := probe.NewJournal[int](5)
		exercise.CountVisits(1, 5, func(number int) { numbers.Note(number) })
		for i, number := range numbers.Notes() {
			if number != i+1 {
				t.Fatalf("Visit %d of the only thread was given the number %d.", i+1, number)
			}
		}
	})
}
