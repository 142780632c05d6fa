package timeline_test

import (
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/interleave-lab/interleave/kernel-helpers/timeline"
)

// BenchmarkRecord measures one recording of nothing after the other.
func BenchmarkRecord(b *testing.B) {
	b.Run("on free cores", func(b *testing.B) {
		for b.Loop() {
			timeline.Record(func() {})
		}
	})
	b.Run("on busy cores", func(b *testing.B) {
		var over atomic.Bool
		var busy sync.WaitGroup
		for range runtime.GOMAXPROCS(0) {
			busy.Go(func() {
				for !over.Load() {
				}
			})
		}
		for b.Loop() {
			timeline.Record(func() {})
		}
		over.Store(true)
		busy.Wait()
	})
}
