package timeline

import (
	"fmt"
	"testing"
	"time"
)

// BenchmarkHundredThousandEvents measures what a reader waits for when a recording
// with 100,000 events has ended, until its chart is on its way to the notebook: parsed
// and merged (build), drawn (chart), and made into its forms (bundle).
func BenchmarkHundredThousandEvents(b *testing.B) {
	var build, chart, bundle time.Duration
	told := 0
	for b.Loop() {
		b.StopTimer()
		t := &take{title: "A channel"}
		if err := t.start(); err != nil {
			b.Fatal(err)
		}
		ball := make(chan int)
		go func() {
			for n := range 34_000 { // each waits, is woken and runs: three events
				ball <- n
			}
			close(ball)
		}()
		for range ball {
		}
		b.StartTimer()
		began := time.Now()
		rec := t.end()
		built := time.Now()
		c := rec.Chart(t.title)
		charted := time.Now()
		if _, err := c.Bundle(); err != nil {
			b.Fatal(err)
		}
		build, chart, bundle = build+built.Sub(began), chart+charted.Sub(built), bundle+time.Since(charted)
		told = 0
		for _, g := range t.reels.own.order {
			told += len(g.stretches)
		}
	}
	perOp := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 / float64(b.N) }
	b.ReportMetric(perOp(build), "ms-build/op")
	b.ReportMetric(perOp(chart), "ms-chart/op")
	b.ReportMetric(perOp(bundle), "ms-bundle/op")
	b.ReportMetric(float64(told), "events")
}

// BenchmarkThousandsOfLocks measures the finding about a recording in which a lane
// waits for each of thousands of locks.
func BenchmarkThousandsOfLocks(b *testing.B) {
	for _, n := range []int{1000, 4000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			waits := Lane{Name: "worker 1", Kind: Thread}
			lanes := []Lane{{Name: "main", Kind: Main}}
			for i := range n {
				at := time.Duration(i) * ms
				waits.Spans = append(waits.Spans, Span{Start: at, End: at + ms, State: Contending, For: fmt.Sprint("lock ", i), On: i + 2, By: 0})
			}
			lanes = append(lanes, waits)
			for i := range n {
				lanes = append(lanes, Lane{Name: fmt.Sprint("lock ", i), Kind: Lock, Spans: []Span{{End: ms, State: Held, For: "main"}}})
			}
			rec := &Recording{wall: time.Duration(n) * ms, lanes: lanes, cores: 2}
			for b.Loop() {
				rec.Finding()
			}
		})
	}
}
