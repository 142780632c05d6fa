package schedule_test

import (
	"syscall"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/internal/engine/schedule"
	"github.com/interleave-lab/interleave/internal/engine/schedule/sync"
)

// small is a program of some sixty Points, as weaving makes it.
func small(*testing.T) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	jobs := make(chan int)
	sum := 0
	for range 3 {
		schedule.Point(1)
		wg.Go(func() {
			schedule.Point(2)
			for j := range jobs {
				schedule.Point(3)
				mu.Lock()
				sum += j
				mu.Unlock()
			}
		})
	}
	for i := range 10 {
		schedule.Point(4)
		jobs <- i
	}
	schedule.Point(5)
	close(jobs)
	schedule.Point(6)
	wg.Wait()
}

// processorTime is what the process has had.
func processorTime(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkRun is what a run of a small program costs, in the processor's time too,
// since the clock's tells how busy the machine is.
func BenchmarkRun(b *testing.B) {
	runs, steps := 0, 0
	plan := schedule.Plan{Count: uint64(b.N), Ends: func(o schedule.Outcome) { runs++; steps += o.Steps }}
	test := testing.InternalTest{Name: "runs", F: func(t *testing.T) { plan.Each(t, small) }}
	before := processorTime(b)
	if !testing.RunTests(func(string, string) (bool, error) { return true, nil }, []testing.InternalTest{test}) {
		b.Fatal("the program failed")
	}
	took := processorTime(b) - before
	b.ReportMetric(float64(runs)/b.Elapsed().Seconds(), "runs/s")
	b.ReportMetric(float64(took.Nanoseconds())/float64(steps), "cpu-ns/step")
	b.ReportMetric(float64(took.Microseconds())/float64(runs), "cpu-µs/run")
	b.ReportMetric(float64(steps)/float64(runs), "steps/run")
}
