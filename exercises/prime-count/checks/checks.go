// Package checks holds the public checks of prime-count.
package checks

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	exercise "github.com/interleave-lab/interleave/exercises/prime-count"
	"github.com/interleave-lab/interleave/internal/engine/probe"
	"github.com/interleave-lab/interleave/kernel-helpers/processes"
)

// What the child processes of these checks run.
var (
	search = processes.NewFunc("checks.search", func(span exercise.Span) ([]int, error) {
		return exercise.Primes(span)
	})
	bounds = processes.NewFunc("checks.bounds", func(span exercise.Span) ([]int, error) {
		defer probe.Attend(fmt.Sprintf("%09d", span.From))()
		return []int{span.From, span.To}, nil
	})
	failing = processes.NewFunc("checks.failing", func(span exercise.Span) ([]int, error) {
		if span.From == 0 {
			return nil, errors.New("the first span is cursed")
		}
		return []int{span.From}, nil
	})
	crashing = processes.NewFunc("checks.crashing", func(span exercise.Span) ([]int, error) {
		if span.From > 0 {
			panic("a bit flipped")
		}
		return []int{2}, nil
	})
)

// TestPrimesOfASpan: Primes finds the primes of one span.
//
//interleave:points 2
func TestPrimesOfASpan(t *testing.T) {
	for _, c := range []struct {
		span exercise.Span
		want []int
	}{
		{exercise.Span{From: 0, To: 30}, []int{2, 3, 5, 7, 11, 13, 17, 19, 23, 29}},
		{exercise.Span{From: 23, To: 29}, []int{23}},
		{exercise.Span{From: 24, To: 29}, nil},
		{exercise.Span{From: 49, To: 54}, []int{53}},
		{exercise.Span{From: 0, To: 2}, nil},
	} {
		got, err := exercise.Primes(c.span)
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("From %d to below %d the primes are %v. Primes says %v, error %v.", c.span.From, c.span.To, c.want, got, err)
		}
	}
}

// TestPrimesBelow: FindPrimes finds every prime below the limit, in ascending order.
//
//interleave:points 2
func TestPrimesBelow(t *testing.T) {
	const limit = 2000
	got, err := exercise.FindPrimes(t.Context(), search, limit, 3)
	if err != nil {
		t.Fatalf("No child process failed, and FindPrimes returned the error %q.", err)
	}
	var want []int
	for n := 2; n < limit; n++ {
		if !slices.ContainsFunc(want, func(p int) bool { return n%p == 0 }) {
			want = append(want, n)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("There are %d primes below %d, the last is %d. FindPrimes found %d%s.", len(want), limit, want[len(want)-1], len(got), difference(got, want))
	}
}

func difference(got, want []int) string {
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			return fmt.Sprintf(", and in place of %d comes %d", want[i], got[i])
		}
	}
	return ""
}

// TestProcessesOfTheirOwn: every span is searched in a child process of its own, all at the same time.
//
//interleave:points 3
func TestProcessesOfTheirOwn(t *testing.T) {
	const parts = 3
	meeting := probe.Meet(t, parts)
	if _, err := exercise.FindPrimes(t.Context(), bounds, 300, parts); err != nil {
		t.Fatalf("No child process failed, and FindPrimes returned the error %q.", err)
	}
	switch {
	case meeting.Children() == 0:
		t.Errorf("No child process was started. Call search.")
	case meeting.Children() < parts:
		t.Errorf("%d spans were searched in %d child processes. Each needs one of its own.", parts, meeting.Children())
	case meeting.Most() == 1:
		t.Errorf("The child processes ran one after another. Start all before you wait for the first.")
	case meeting.Most() < parts:
		t.Errorf("Only %d of %d child processes ran at once. Start all before you wait for the first.", meeting.Most(), parts)
	}
}

// TestLastComesFirst: the results stand in ascending order although the last span comes back first.
//
//interleave:points 2
func TestLastComesFirst(t *testing.T) {
	probe.Meet(t, 3).LastFirst()
	got, err := exercise.FindPrimes(t.Context(), bounds, 300, 3)
	if err != nil {
		t.Fatalf("No child process failed, and FindPrimes returned the error %q.", err)
	}
	if !slices.IsSorted(got) {
		t.Errorf("The results were put together as they arrived, not in the order of their spans: %v.", got)
	}
}

// TestFailuresAreReported: a child process that fails or crashes is reported as an error.
//
//interleave:points 2
func TestFailuresAreReported(t *testing.T) {
	if _, err := exercise.FindPrimes(t.Context(), failing, 100, 2); err == nil || !strings.Contains(err.Error(), "cursed") {
		t.Errorf("In a child, search failed with \"the first span is cursed\", and the error of FindPrimes is %v.", err)
	}
	_, err := exercise.FindPrimes(t.Context(), crashing, 100, 2)
	if exit := (*processes.ExitError)(nil); !errors.As(err, &exit) {
		t.Errorf("A child process crashed, and the error of FindPrimes is %v. Return the error of Wait, or wrap it with %%w.", err)
	}
}
