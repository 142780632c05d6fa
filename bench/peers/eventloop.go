package main

import (
	"github.com/interleave-lab/interleave/bench/answer"
	"github.com/interleave-lab/interleave/kernel-helpers/eventloop"
)

// Ten thousand tasks on an event loop, each of which gives its turn away once.
var loopCases = answer.Cases{
	"gather": answer.Each(func() error {
		return eventloop.Run(func(loop *eventloop.Loop) error {
			tasks := make([]*eventloop.Task[eventloop.None], 10_000)
			for i := range tasks {
				tasks[i] = loop.Go("", loop.Yield)
			}
			_, err := eventloop.Gather(tasks...)
			return err
		})
	}),
}
