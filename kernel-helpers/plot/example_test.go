package plot_test

import (
	"fmt"
	"math"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/plot"
)

// Outside a notebook Show prints a chart's sentence.

func ExampleBar() {
	plot.Bar("Primes below 300,000",
		plot.Time("one thread", 1204*time.Millisecond),
		plot.Time("3 processes", 618*time.Millisecond),
	).Show()
	// Output: Primes below 300,000: one thread 1.20 s, 3 processes 618 ms. 3 processes: 1.9 times as fast as one thread.
}

func ExampleLine() {
	plot.Line("Throughput of a pool", "workers", "pages/s",
		plot.Series{Name: "threads", X: []float64{1, 2, 4, 8}, Y: []float64{3, 6, 11, 12}},
		plot.Series{Name: "processes", X: []float64{1, 2, 4, 8}, Y: []float64{2, 4, 7, 9}},
	).Show()
	// Output: Throughput of a pool: 8 points in 2 series of pages/s against workers. At the end threads is the higher (12), processes the lower (9).
}

func ExampleScatter() {
	plot.Scatter("Each page once", "size in kB", "time in ms",
		plot.Series{X: []float64{1, 2, 3, 4}, Y: []float64{11, 19, 33, 38}}).Show()
	// Output: Each page once: 4 points of time in ms against size in kB. time in ms grows with size in kB (correlation 0.99).
}

func ExampleDurations() {
	plot.Durations("How long a request waits", time.Millisecond, 2*time.Millisecond, 2*time.Millisecond, 9*time.Millisecond).Show()
	// Output: How long a request waits: 4 values. Half are within 2.00 ms; the largest is 9.00 ms.
}

func ExampleSpread() {
	runs := func(each ...int) (times []time.Duration) {
		for _, n := range each {
			times = append(times, time.Duration(n)*time.Millisecond)
		}
		return times
	}
	plot.Spread("Sorting a million numbers",
		plot.Sample{Label: "one thread", Times: runs(90, 92, 88, 95, 91, 90, 93)},
		plot.Sample{Label: "two threads", Times: runs(51, 49, 52, 50, 55, 49, 50)},
	).Show()
	// Output: Sorting a million numbers: one thread 91.0 ms, two threads 50.0 ms. two threads: 1.8 times as fast as one thread.
}

func ExampleSpeedUp() {
	plot.SpeedUp("Primes below 300,000", []plot.Speed{
		{Workers: 1, Ratio: 1},
		{Workers: 2, Ratio: 1.9, Low: 1.8, High: 2},
	}, 0.05).Show()
	// Output: Primes below 300,000: 1 worker 1.0, 2 workers 1.9. 1.9 times as fast with 2 workers; Amdahl's law fits a serial part of 5%.
}

func ExampleWaitFor() {
	plot.WaitFor{Title: "Two forks", Edges: []plot.Wait{
		{Waiter: "Plato", For: "fork 2", Holder: "Kant", Line: "cell 4, line 7"},
		{Waiter: "Kant", For: "fork 1", Holder: "Plato", Line: "cell 4, line 7"},
	}}.Chart().Show()
	// Output: Two forks. A deadlock: Plato waits for fork 2, held by Kant, which waits for fork 1, held by Plato.
}

func ExampleBeside() {
	oneByOne := plot.Timeline{Title: "one after the other", Wall: 300 * time.Millisecond}
	atOnce := plot.Timeline{Title: "at once", Wall: 100 * time.Millisecond}
	plot.Beside("Three downloads", oneByOne, atOnce).Show()
	// Output: Three downloads: one after the other 300 ms, at once 100 ms. at once: 3.0 times as fast as one after the other.
}

// pie stands for any chart of go-echarts, such as charts.NewPie().
type pie struct{}

func (pie) Validate() {}

func (pie) JSON() map[string]any {
	return map[string]any{
		"title":  map[string]any{"text": "Time of a request"},
		"series": []any{map[string]any{"type": "pie", "data": []any{map[string]any{"name": "network", "value": 41}, map[string]any{"name": "disk", "value": math.Pi}}}},
	}
}

func ExampleShow() {
	if err := plot.Show(pie{}); err != nil {
		fmt.Println(err)
	}
	// Output: Time of a request: a pie chart of 2 values.
}
