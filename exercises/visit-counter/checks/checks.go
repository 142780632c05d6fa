// Package checks holds the public checks of visit-counter.
package checks

import (
	"testing"
	"time"

	exercise "github.com/interleave-lab/interleave/exercises/visit-counter"
	"github.com/interleave-lab/interleave/internal/engine/probe"
	"github.com/interleave-lab/interleave/internal/engine/schedule"
)

// TestEveryNumberOnce: five threads give every number to one visit, and to one only.
//
//interleave:points 3
func TestEveryNumberOnce(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		const threads, visits = 5, 3
		numbers := probe.NewJournal[int](threads * visits)
		exercise.CountVisits(threads, visits, func(number int) { numbers.Note(number) })
		seen := map[int]bool{}
		for _, number := range numbers.Notes() {
			if number < 1 || number > threads*visits {
				t.Fatalf("A visit was given the number %d, and the numbers are 1 to %d.", number, threads*visits)
			}
			if seen[number] {
				t.Fatalf("The number %d was given to two visits. Somebody came between reading the counter and writing it.", number)
			}
			seen[number] = true
		}
	})
}

// TestTotal: it returns the number of all visits, when all have been made.
//
//interleave:points 2
func TestTotal(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		const threads, visits = 4, 2
		var load probe.Load
		total := exercise.CountVisits(threads, visits, func(int) {
			load.Enter()
			defer load.Leave()
			time.Sleep(time.Second)
		})
		if made := load.Total(); made < threads*visits || load.Now() > 0 {
			t.Fatalf("CountVisits returned before its threads had ended: %d of %d visits were made.", made-load.Now(), threads*visits)
		}
		if total != threads*visits || load.Total() != total {
			t.Fatalf("Of %d threads with %d visits each, CountVisits returned %d, and made %d.", threads, visits, total, load.Total())
		}
		if again := exercise.CountVisits(1, 2, func(int) {}); again != 2 {
			t.Fatalf("Called a second time, for 1 thread with 2 visits, CountVisits returned %d. Begin anew in each call.", again)
		}
	})
}

// TestVisitsTogether: all threads are at their visits at the same time.
//
//interleave:points 3
func TestVisitsTogether(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		const threads = 5
		gate := probe.NewGate(threads)
		numbers := probe.NewJournal[int](2 * threads)
		exercise.CountVisits(threads, 2, func(number int) {
			numbers.Note(number)
			gate.Pass()
		})
		switch {
		case gate.Most() == 1:
			t.Error("The visits were made one after another. Start all threads first, and hold no lock during a visit.")
		case gate.Most() < threads:
			t.Errorf("Only %d of %d threads were at their visits at once.", gate.Most(), threads)
		default:
			for _, number := range numbers.Notes()[:threads] {
				if number > threads {
					t.Errorf("The first %d visits were under way, and one of them had the number %d. Each takes the next number of the one counter.", threads, number)
				}
			}
		}
	})
}
