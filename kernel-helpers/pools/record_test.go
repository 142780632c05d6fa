package pools_test

import (
	"slices"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/pools"
	"github.com/interleave-lab/interleave/kernel-helpers/processes"
	"github.com/interleave-lab/interleave/kernel-helpers/timeline"
)

func doze(ms int) (int, error) {
	time.Sleep(time.Duration(ms) * time.Millisecond)
	return ms, nil
}

var dozes = processes.NewFunc("doze", doze)

// TestWorkersAreLanes: threads and processes by their names, and whom main waits
// for.
func TestWorkersAreLanes(t *testing.T) {
	for name, make := range map[string]func() *pools.Pool[int, int]{
		"threads":   func() *pools.Pool[int, int] { return pools.Threads(2, doze) },
		"processes": func() *pools.Pool[int, int] { return pools.Processes(2, dozes) },
	} {
		t.Run(name, func(t *testing.T) {
			rec := timeline.Record(func() {
				pool := make()
				defer pool.Close()
				pool.Map(t.Context(), []int{20, 20, 20, 20})
				pool.Submit(t.Context(), 20).Result(t.Context())
			})
			var lanes, waits []string
			for _, lane := range rec.Lanes() {
				if lane.Kind != timeline.Lock {
					lanes = append(lanes, lane.Name)
				}
				for _, span := range lane.Spans {
					if lane.Name == "main" && span.State == timeline.Waiting {
						waits = append(waits, span.For)
					}
				}
			}
			t.Log(lanes, waits)
			for _, want := range []string{"worker 1", "worker 2"} {
				if !slices.ContainsFunc(lanes, func(l string) bool { return len(l) >= len(want) && l[:len(want)] == want }) {
					t.Errorf("no %s among %q", want, lanes)
				}
			}
			if len(lanes) < 3 {
				t.Errorf("lanes %q", lanes)
			}
		})
	}
}
