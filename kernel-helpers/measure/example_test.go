package measure_test

import (
	"fmt"
	"sync"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/measure"
)

// Five naps one after the other, and all at once. In a cell Compare draws this.
func ExampleRecord() {
	nap := func() { time.Sleep(2 * time.Millisecond) }
	c := measure.Record(
		measure.Case("one after the other", func() {
			for range 5 {
				nap()
			}
		}),
		measure.Case("five goroutines", func() {
			var group sync.WaitGroup
			for range 5 {
				group.Go(nap)
			}
			group.Wait()
		}),
	)
	ratio := c.Ratio(1, 0)
	fmt.Println("five goroutines are faster:", ratio.Low > 1, "in", c.Rounds, "rounds")
	// Output: five goroutines are faster: true in 30 rounds
}

// Without Python the comparison goes on, and Missing says why.
func ExamplePython() {
	script := `
def work():
    return sum(range(1000))
`
	c := measure.Meter{Rounds: 1}.Record(
		measure.Python("Python", script),
		measure.Case("Go", func() {
			sum := 0
			for n := range 1000 {
				sum += n
			}
		}),
	)
	fmt.Println("cases:", len(c.Timings)+len(c.Missing))
	// Output: cases: 2
}

// Work that is shared out, with a part that cannot be.
func ExampleMeter_RecordScaling() {
	s := measure.Meter{Rounds: 6}.RecordScaling([]int{1, 2}, func(workers int) {
		time.Sleep(10 * time.Millisecond)                          // one does it alone
		time.Sleep(20 * time.Millisecond / time.Duration(workers)) // all share it
	})
	for _, speed := range s.Speeds {
		fmt.Println(speed.Workers, "workers:", speed.Ratio.Median > 1.2)
	}
	// Output:
	// 1 workers: false
	// 2 workers: true
}
