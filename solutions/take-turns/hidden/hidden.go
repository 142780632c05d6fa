// Package hidden holds the hidden checks of take-turns.
package hidden

import (
	"testing"

	exercise "github.com/interleave-lab/interleave/exercises/take-turns"
	"github.com/interleave-lab/interleave/internal/engine/probe"
	"github.com/interleave-lab/interleave/internal/engine/schedule"
)

// TestShortCounts: counts to 0, 1, 2 and 3 come to their end.
//
//interleave:points 2
func TestShortCounts(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		for n := range 4 {
			numbers := probe.NewJournal[int](n)
			exercise.TakeTurns(n, func(_, number int) { numbers.Note(number) })
			for i, number := range numbers.Notes() {
				if number != i+1 {
					t.Fatalf("Of a count to %d, number %d is %d.", n, i+1, number)
				}
			}
			if numbers.Total() != n {
				t.Fatalf("A count to %d said %d numbers.", n, numbers.Total())
			}
		}
	})
}

// TestLongCount: a count to an odd, larger number keeps its order.
//
//interleave:points 2
func TestLongCount(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		const n = 101
		numbers := probe.NewJournal[int](n)
		exercise.TakeTurns(n, func(_, number int) { numbers.Note(number) })
		for i, number := range numbers.Notes() {
			if number != i+1 {
				t.Fatalf("%d came where %d belongs.", number, i+1)
			}
		}
		if numbers.Total() != n {
			t.Fatalf("%d numbers of %d were said.", numbers.Total(), n)
		}
	})
}
