// Package checks holds the public checks of ordered-pipeline.
package checks

import (
	"context"
	"errors"
	"testing"
	"time"

	exercise "github.com/interleave-lab/interleave/exercises/ordered-pipeline"
	"github.com/interleave-lab/interleave/internal/engine/probe"
	"github.com/interleave-lab/interleave/internal/engine/schedule"
)

// nap is how long a chunk takes: virtual time, so the checks do not.
const nap = time.Second

// source gives the chunks {0}, {1}, … and counts them in taken.
func source(n int, taken *probe.Load) func() ([]int, bool) {
	i := -1
	return func() ([]int, bool) {
		if i++; i >= n {
			return nil, false
		}
		taken.Enter()
		return []int{i}, true
	}
}

// tenfold is 10 times a chunk's only number.
func tenfold(ctx context.Context, chunk []int) (int, error) {
	select {
	case <-time.After(nap):
		return 10 * chunk[0], nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// TestInOrder: every result is delivered, in the order of the chunks.
//
//interleave:points 3
func TestInOrder(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		const chunks = 8
		var taken probe.Load
		results := probe.NewJournal[int](chunks)
		err := exercise.Pipeline(t.Context(), source(chunks, &taken), func(ctx context.Context, chunk []int) (int, error) {
			if chunk[0]%3 == 0 {
				time.Sleep(5 * nap) // what comes next is done before
			}
			return tenfold(ctx, chunk)
		}, results.Note, 3, 5)
		if err != nil {
			t.Fatalf("Nothing failed, and Pipeline returned the error %q.", err)
		}
		for i, result := range results.Notes() {
			if result != 10*i {
				t.Fatalf("The result of chunk %d came where that of chunk %d belongs.", result/10, i)
			}
		}
		if results.Total() != chunks {
			t.Fatalf("Of %d chunks, the results of %d were delivered before Pipeline returned.", chunks, results.Total())
		}
	})
}

// TestAllWorkers: as many chunks are processed at once as there are workers, and never more.
//
//interleave:points 3
func TestAllWorkers(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		const workers = 4
		gate := probe.NewGate(workers)
		var taken, load probe.Load
		_ = exercise.Pipeline(t.Context(), source(2*workers, &taken), func(ctx context.Context, chunk []int) (int, error) {
			load.Enter()
			defer load.Leave()
			gate.Pass()
			return tenfold(ctx, chunk)
		}, func(int) {}, workers, 2*workers)
		switch {
		case load.Most() > workers:
			t.Errorf("%d chunks were processed at once, and there are %d workers.", load.Most(), workers)
		case gate.Most() == 1:
			t.Error("The chunks were processed one after another. Start the workers before you wait for a result.")
		case gate.Most() < workers:
			t.Errorf("Only %d of %d workers were busy at once.", gate.Most(), workers)
		}
	})
}

// TestBounded: no more chunks are under way than the window has room for.
//
//interleave:points 3
func TestBounded(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		const window = 4
		var underWay probe.Load
		_ = exercise.Pipeline(t.Context(), source(12, &underWay), tenfold, func(int) {
			time.Sleep(10 * nap) // the last stage is the slowest
			underWay.Leave()
		}, 2, window)
		if underWay.Most() > window {
			t.Errorf("%d chunks were taken and not delivered yet, and the window is %d. Wait for a place before you call next.", underWay.Most(), window)
		}
	})
}

// TestErrorStops: when a chunk fails, the pipeline stops and returns its error.
//
//interleave:points 3
func TestErrorStops(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		const bad, window = 5, 4
		broken := errors.New("chunk 5 is broken")
		var taken probe.Load
		results := probe.NewJournal[int](30)
		err := exercise.Pipeline(t.Context(), source(30, &taken), func(ctx context.Context, chunk []int) (int, error) {
			if chunk[0] == bad {
				return 0, broken
			}
			time.Sleep(nap) // whatever becomes of ctx
			return 10 * chunk[0], nil
		}, results.Note, 3, window)
		if !errors.Is(err, broken) {
			t.Errorf("A call of process failed with %q, and Pipeline returned %v.", broken, err)
		}
		for i, result := range results.Notes() {
			if result != 10*i || i >= bad {
				t.Fatalf("Chunk %d failed, and %d was delivered as result %d. From the failed chunk on there is nothing to deliver.", bad, result, i)
			}
		}
		if most := bad + 1 + window; taken.Total() > most {
			t.Errorf("Chunk %d failed, and %d of 30 chunks were taken. With a window of %d it can be %d.", bad, taken.Total(), window, most)
		}
	})
}

// TestGivingUp: when the context ends, the pipeline stops and returns its error.
//
//interleave:points 2
func TestGivingUp(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		const chunks = 60
		ctx, cancel := context.WithTimeout(t.Context(), 5*nap/2)
		defer cancel()
		var taken probe.Load
		err := exercise.Pipeline(ctx, source(chunks, &taken), tenfold, func(int) {}, 3, 6)
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("The context ended, and Pipeline returned %v, not ctx.Err().", err)
		}
		if taken.Total() == chunks {
			t.Errorf("The context ended during the first chunks, and all %d were taken.", chunks)
		}
	})
}
