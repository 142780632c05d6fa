package processes_test

import (
	"fmt"
	"testing"

	"github.com/interleave-lab/interleave/kernel-helpers/processes"
)

type draining struct {
	Queue *processes.Queue[[]byte]
	Done  *processes.Queue[int]
	Count int
}

var drain = processes.NewAction("drain", func(d draining) error {
	for range d.Count {
		if _, err := d.Queue.Get(background); err != nil {
			return err
		}
	}
	return d.Done.Put(background, 1)
})

func BenchmarkQueueThroughput(b *testing.B) {
	for _, size := range []int{16, 1 << 20} {
		b.Run(fmt.Sprint(size, " bytes"), func(b *testing.B) {
			d := draining{processes.NewQueue[[]byte](64), processes.NewQueue[int](1), b.N}
			p := drain.Start(b.Context(), d)
			m := make([]byte, size)
			b.SetBytes(int64(size))
			b.ResetTimer()
			for range b.N {
				if err := d.Queue.Put(b.Context(), m); err != nil {
					b.Fatal(err)
				}
			}
			if _, err := d.Done.Get(b.Context()); err != nil {
				b.Fatal(err)
			}
			b.StopTimer()
			p.Wait()
		})
	}
}
