package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/eventloop"
)

var loopExamples = examples{
	"gather-ticks":         func() { must(eventloop.Run(gatherTicks, eventloop.RealTime())) },
	"gather-ticks-virtual": func() { must(eventloop.Run(gatherTicks)) },
	"gather-results":       func() { must(eventloop.Run(gatherResults, eventloop.RealTime())) },
}

func ticks(loop *eventloop.Loop, name string, pause time.Duration, times int) *eventloop.Task[string] {
	return eventloop.Go(loop, name, func() (string, error) {
		for tick := range times {
			if err := loop.Sleep(pause); err != nil {
				return "", err
			}
			fmt.Println(name, "tick", tick)
		}
		return name, nil
	})
}

func gatherTicks(loop *eventloop.Loop) error {
	done, err := eventloop.Gather(
		ticks(loop, "A", second, 5),
		ticks(loop, "B", 2*second, 5),
		ticks(loop, "C", second*3/2, 4),
	)
	fmt.Println("done:", strings.Join(done, " "))
	return err
}

func gatherResults(loop *eventloop.Loop) error {
	answer := func(name string) *eventloop.Task[string] {
		return eventloop.Go(loop, name, func() (string, error) { return name, loop.Sleep(second) })
	}
	results, err := eventloop.Gather(answer("a"), answer("b"), answer("c"))
	fmt.Println("results", strings.Join(results, " "))
	return err
}
