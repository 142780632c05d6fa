package processes_test

import (
	"errors"
	"runtime"
	"testing"

	"github.com/interleave-lab/interleave/kernel-helpers/processes"
)

var collecting = processes.NewFunc("collecting", func(q *processes.Queue[[]byte]) (int, error) {
	for {
		_, err := q.Get(background)
		if errors.Is(err, processes.ErrClosed) {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			return int(m.NumGC), nil
		}
		if err != nil {
			return 0, err
		}
	}
})

// A collection for every 4 MB that arrive would take longer than their copying.
func TestLargeValuesAreRarelyCollected(t *testing.T) {
	t.Setenv("GOGC", "100")
	q := processes.NewQueue[[]byte](4)
	p := collecting.Start(t.Context(), q)
	value := make([]byte, 1<<20)
	for range 64 {
		if err := q.Put(t.Context(), value); err != nil {
			t.Fatal(err)
		}
	}
	q.Close()
	if collections, err := p.Wait(); collections > 8 || err != nil {
		t.Errorf("%d collections for 64 MiB, %v", collections, err)
	}
}
