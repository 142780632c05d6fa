package main

import (
	"iter"

	"github.com/interleave-lab/interleave/bench/answer"
	"github.com/interleave-lab/interleave/kernel-helpers/eventloop"
)

const tasks = 10_000

// Many tasks on an event loop, each of which gives its turn away once; and as many
// coroutines without a loop: what a task cannot cost less than.
var loopCases = answer.Cases{
	"gather": answer.Each(func() error {
		return eventloop.Run(func(loop *eventloop.Loop) error {
			all := make([]*eventloop.Task[eventloop.None], tasks)
			for i := range all {
				all[i] = loop.Go("", loop.Yield)
			}
			_, err := eventloop.Gather(all...)
			return err
		})
	}),
	"coroutines": answer.Each(func() error {
		turns := make([]func() (int, bool), tasks)
		for i := range turns {
			turns[i], _ = iter.Pull(func(yield func(int) bool) { yield(i) })
		}
		for range 2 { // up to the yield, and to the end
			for _, turn := range turns {
				turn()
			}
		}
		return nil
	}),
}
