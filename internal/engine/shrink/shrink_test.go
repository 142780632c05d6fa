package shrink

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/interleave-lab/interleave/internal/engine/schedule/record"
)

func delays(n int) (all []record.Delay) {
	for i := range n {
		all = append(all, record.Delay{Goroutine: int32(i % 3), Point: uint64(i)})
	}
	return all
}

// both is each way of searching.
func both(t *testing.T, tries int, test func(t *testing.T, s Search)) {
	for name, s := range map[string]Search{"one after the other": {Tries: tries}, "ahead": {Tries: tries, Ahead: true}} {
		t.Run(name, func(t *testing.T) { test(t, s) })
	}
}

func TestTheFewestDelaysAreFound(t *testing.T) {
	all := delays(40)
	for _, needed := range [][]record.Delay{{}, {all[0]}, {all[39]}, {all[3], all[29]}, {all[7], all[8], all[9]}, all} {
		both(t, 200, func(t *testing.T, s Search) {
			var asked atomic.Int32
			got, last, err := Delays(t.Context(), all, s, func(_ context.Context, rest []record.Delay) (*int, error) {
				asked.Add(1)
				for _, d := range needed {
					if !slices.Contains(rest, d) {
						return nil, nil
					}
				}
				n := len(rest)
				return &n, nil
			})
			if err != nil || !slices.Equal(got, needed) {
				t.Errorf("%v (%v), want %v", got, err, needed)
			}
			switch {
			case len(needed) == len(all):
				if last != nil {
					t.Errorf("nothing could be left out, and a run with %d is the last", *last)
				}
			case last == nil || *last != len(needed):
				t.Errorf("the last run is not that with %d delays", len(needed))
			}
			t.Logf("%d runs", asked.Load())
		})
	}
}

func TestNoMoreRunsThanAllowed(t *testing.T) {
	both(t, 7, func(t *testing.T, s Search) {
		var asked atomic.Int32
		got, _, err := Delays(t.Context(), delays(40), s, func(context.Context, []record.Delay) (*int, error) {
			asked.Add(1)
			return nil, nil
		})
		if err != nil || len(got) != 40 || asked.Load() != 7 {
			t.Errorf("%d delays (%v) after %d runs", len(got), err, asked.Load())
		}
	})
}

// A run that began ahead, and that nothing depends on, is told so and waited for; what
// ends one that is asked for ends the search.
func TestNothingRunsOn(t *testing.T) {
	broken := errors.New("broken")
	for name, fails := range map[string]error{"the first leaves all out": nil, "the first is an error": broken} {
		t.Run(name, func(t *testing.T) {
			var running atomic.Int32
			all := delays(4)
			_, _, err := Delays(t.Context(), all, Search{Tries: 10, Ahead: true}, func(ctx context.Context, rest []record.Delay) (*int, error) {
				if len(rest) > 0 {
					running.Add(1)
					defer running.Add(-1)
					<-ctx.Done()
					return nil, ctx.Err()
				}
				n := 0
				return &n, fails
			})
			if !errors.Is(err, fails) || running.Load() != 0 {
				t.Errorf("%v, and %d runs go on", err, running.Load())
			}
		})
	}
}
