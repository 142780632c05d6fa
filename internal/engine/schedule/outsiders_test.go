package schedule_test

import (
	"runtime"
	"sync"
	"testing"

	"github.com/interleave-lab/interleave/internal/engine/schedule"
)

// Processors number their goroutines out of stocks of their own, so one that began earlier
// may have a higher number than one that began later on another processor.
func TestGoroutinesThatWereThereBeforeARunAreNoneOfIt(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(8))
	ask, runs := make(chan struct{}), make(chan uint64)
	var begun sync.WaitGroup
	const many = 200
	for range many {
		begun.Go(func() { // from wherever it is
			begun.Go(runtime.Gosched)
			go func() {
				for range ask {
					runs <- schedule.Run()
				}
			}()
		})
	}
	begun.Wait()
	defer close(ask)
	for range 20 { // from each processor, sooner or later
		plan := schedule.Plan{Count: 2, Begins: func(uint64) { runtime.Gosched() }}
		plan.Each(t, func(t *testing.T) {
			if schedule.Run() == 0 {
				t.Error("who runs is of no run")
			}
			for range many {
				ask <- struct{}{}
				if run := <-runs; run != 0 {
					t.Fatalf("a goroutine from before is of run %d", run)
				}
			}
		})
	}
}
