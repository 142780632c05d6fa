package timeline_test

import (
	"fmt"
	"sync"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/locks"
	"github.com/interleave-lab/interleave/kernel-helpers/threads"
	"github.com/interleave-lab/interleave/kernel-helpers/timeline"
)

func ExampleRecord() {
	rec := timeline.Record(func() {
		var wg sync.WaitGroup
		for range 3 {
			wg.Go(func() { time.Sleep(100 * time.Millisecond) })
		}
		wg.Wait()
	})
	fmt.Println("at once:", rec.MaxConcurrent())
	// Output: at once: 3
}

func ExampleRecording_Contention() {
	till := locks.NewMutex("till")
	rec := timeline.Record(func() {
		var clerks threads.Group
		for i := range 3 {
			clerks.Go(fmt.Sprint("clerk ", i), func() {
				till.With(func() { time.Sleep(20 * time.Millisecond) })
			})
		}
		clerks.Wait()
	})
	for _, c := range rec.Contention() {
		fmt.Printf("%s: %d waits\n", c.Lock, c.Waits)
	}
	// Output: lock till: 2 waits
}

func ExampleRecording_CriticalPath() {
	rec := timeline.Record(func() {
		var group threads.Group
		group.Go("quick", func() { time.Sleep(10 * time.Millisecond) })
		group.Go("slow", func() { time.Sleep(100 * time.Millisecond) })
		group.Wait()
	})
	for _, step := range rec.CriticalPath() {
		if step.End-step.Start > rec.Wall()/2 {
			fmt.Println(rec.Lanes()[step.Lane].Name, step.State)
		}
	}
	// Output: slow sleeping
}
