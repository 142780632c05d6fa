// Package hidden holds the hidden checks of ordered-pipeline.
package hidden

import (
	"context"
	"errors"
	"testing"
	"time"

	exercise "github.com/interleave-lab/interleave/exercises/ordered-pipeline"
	"github.com/interleave-lab/interleave/internal/engine/probe"
	"github.com/interleave-lab/interleave/internal/engine/schedule"
)

// source gives the chunks {0}, {1}, …
func source(n int) func() ([]int, bool) {
	i := -1
	return func() ([]int, bool) {
		i++
		return []int{i}, i < n
	}
}

func same(_ context.Context, chunk []int) (int, error) { return chunk[0], nil }

// TestShortStreams: streams of no chunk, of one, and of fewer than workers are processed whole.
//
//interleave:points 2
func TestShortStreams(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		for n := range 4 {
			results := probe.NewJournal[int](n)
			if err := exercise.Pipeline(t.Context(), source(n), same, results.Note, 5, 5); err != nil || results.Total() != n {
				t.Errorf("%d chunks gave %d results and the error %v.", n, results.Total(), err)
			}
		}
	})
}

// TestNarrow: one worker and a window of one are enough.
func TestNarrow(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		results := probe.NewJournal[int](5)
		err := exercise.Pipeline(t.Context(), source(5), same, results.Note, 1, 1)
		if err != nil || results.Total() != 5 {
			t.Errorf("5 chunks with one worker gave %d results and the error %v.", results.Total(), err)
		}
	})
}

// TestErrorEndsTheOthers: when a chunk fails, calls that are under way are told by their context.
//
//interleave:points 2
func TestErrorEndsTheOthers(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		broken := errors.New("broken")
		began := time.Now()
		err := exercise.Pipeline(t.Context(), source(100), func(ctx context.Context, chunk []int) (int, error) {
			if chunk[0] == 1 {
				return 0, broken
			}
			select {
			case <-ctx.Done():
				return 0, ctx.Err()
			case <-time.After(24 * time.Hour):
				return 0, nil
			}
		}, func(int) {}, 3, 3)
		if !errors.Is(err, broken) {
			t.Errorf("A call of process failed with %q, and Pipeline returned %v.", broken, err)
		}
		if time.Since(began) >= 24*time.Hour {
			t.Error("A chunk failed, and Pipeline waited a day for the others, whose context did not end.")
		}
	})
}

// TestNobodyIsLeft: when it returns with an error, no call of process is under way.
func TestNobodyIsLeft(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		var load probe.Load
		_ = exercise.Pipeline(t.Context(), source(20), func(_ context.Context, chunk []int) (int, error) {
			if chunk[0] == 2 {
				return 0, errors.New("broken")
			}
			load.Enter()
			defer load.Leave()
			time.Sleep(time.Minute)
			return 0, nil
		}, func(int) {}, 3, 6)
		if n := load.Now(); n > 0 {
			t.Errorf("A chunk failed, and Pipeline returned while %d calls of process were under way.", n)
		}
	})
}

// TestStagesAlone: next and deliver are each called by one thread at a time.
func TestStagesAlone(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		var taking, delivering probe.Load
		chunks := source(9)
		_ = exercise.Pipeline(t.Context(), func() ([]int, bool) {
			taking.Enter()
			defer taking.Leave()
			time.Sleep(time.Minute)
			return chunks()
		}, same, func(int) {
			delivering.Enter()
			defer delivering.Leave()
			time.Sleep(time.Minute)
		}, 3, 4)
		if taking.Most() > 1 || delivering.Most() > 1 {
			t.Errorf("Up to %d threads called next at once, and up to %d deliver. Call each from one at a time.", taking.Most(), delivering.Most())
		}
	})
}
