package main

import (
	"sync"

	"github.com/interleave-lab/interleave/bench/answer"
	"github.com/interleave-lab/interleave/kernel-helpers/threads"
)

var threadCases = answer.Cases{
	"thread": answer.Each(func() error {
		threads.Go("worker", nothing).Join()
		return nil
	}),
	"group": answer.Batches(crowd, func() error {
		var group threads.Group
		for range crowd {
			group.Go("worker", nothing)
		}
		group.Wait()
		return nil
	}),
	"goroutine": answer.Each(func() error {
		var group sync.WaitGroup
		group.Add(1)
		go func() {
			defer group.Done()
			nothing()
		}()
		group.Wait()
		return nil
	}),
	"goroutines": answer.Batches(crowd, func() error {
		var group sync.WaitGroup
		for range crowd {
			group.Go(nothing)
		}
		group.Wait()
		return nil
	}),
}

// crowd is how many are waited for together.
const crowd = 100

func nothing() {}
