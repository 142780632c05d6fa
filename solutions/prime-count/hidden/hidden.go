// Package hidden holds the hidden checks of prime-count.
package hidden

import (
	"context"
	"testing"
	"time"

	exercise "github.com/interleave-lab/interleave/exercises/prime-count"
	"github.com/interleave-lab/interleave/kernel-helpers/processes"
)

var (
	numbers = processes.NewFunc("hidden.numbers", func(span exercise.Span) ([]int, error) {
		var all []int
		for n := span.From; n < span.To; n++ {
			all = append(all, n)
		}
		return all, nil
	})
	endless = processes.NewFunc("hidden.endless", func(exercise.Span) ([]int, error) {
		time.Sleep(time.Hour) // until it is killed
		return nil, nil
	})
)

// TestEveryNumberOnce: the spans hold every number once, whatever the limit and the parts.
//
//interleave:points 3
func TestEveryNumberOnce(t *testing.T) {
	for _, c := range []struct{ limit, parts int }{{10, 3}, {7, 2}, {2, 4}, {11, 1}} {
		got, err := exercise.FindPrimes(t.Context(), numbers, c.limit, c.parts)
		if err != nil {
			t.Fatalf("A search below %d in %d parts should not fail, and FindPrimes returned the error %q.", c.limit, c.parts, err)
		}
		// Whether 0 and 1 are handed to search is the program's own choice.
		for len(got) > 0 && got[0] < 2 {
			got = got[1:]
		}
		for i, n := range got {
			if n != i+2 {
				t.Fatalf("Below %d in %d parts, after %d comes %d. The spans overlap, or leave a gap.", c.limit, c.parts, i+1, n)
			}
		}
		if len(got) != c.limit-2 {
			t.Fatalf("Below %d in %d parts, the spans end at %d.", c.limit, c.parts, len(got)+2)
		}
	}
}

// TestGivingUp: when the context ends, so do the child processes and the search.
//
//interleave:points 2
func TestGivingUp(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := exercise.FindPrimes(ctx, endless, 100, 2); err == nil {
		t.Error("The context ended the child processes, and FindPrimes returned no error.")
	}
}
