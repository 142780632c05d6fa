//go:build bench

// Command cost times what a helper tells a recording, and a log of Go's tracer
// beside it, on request of package bench. It is here because others may not
// import package events, and tagged because no cell needs it built.
package main

import (
	"context"
	"runtime/trace"
	"time"

	"github.com/interleave-lab/interleave/bench/answer"
	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
	"github.com/interleave-lab/interleave/kernel-helpers/timeline"
)

const batch = 1000

func main() {
	lock := events.NewLock("lock", "counter")
	tell := func() error {
		for range batch {
			lock.Got()
		}
		return nil
	}
	background := context.Background()
	log := func() error {
		for range batch {
			trace.Log(background, "category", "message")
		}
		return nil
	}
	answer.Serve(answer.Cases{
		"event-off": answer.Batches(batch, tell),
		"event-on":  recorded(tell),
		"log-off":   answer.Batches(batch, log),
		"log-on":    recorded(log),
	})
}

// recorded times f alone, not how a recording begins and what is made of it.
func recorded(f func() error) func() (answer.Case, error) {
	const most = 200_000 // what a recording keeps is bounded
	return func() (answer.Case, error) {
		inside, err := answer.Batches(batch, f)()
		return func(n int) (times int, took time.Duration, err error) {
			timeline.Record(func() { times, took, err = inside(min(n, most)) })
			return times, took, err
		}, err
	}
}
