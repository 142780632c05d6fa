package main

import (
	"context"

	"github.com/alitto/pond/v2"

	"github.com/interleave-lab/interleave/bench/answer"
	"github.com/interleave-lab/interleave/kernel-helpers/pools"
)

// One task given to a pool, and its result awaited, before the next.
var submitCases = answer.Cases{
	"submit": func() (answer.Case, error) {
		pool := pools.Threads(workers, same)
		return answer.Each(func() error {
			_, err := pool.Submit(context.Background(), 1).Result(context.Background())
			return err
		})()
	},
	"submit-pond": func() (answer.Case, error) {
		pool := pond.NewResultPool[int](workers)
		return answer.Each(func() error {
			_, err := pool.SubmitErr(func() (int, error) { return same(1) }).Wait()
			return err
		})()
	},
	"submit-goroutine": answer.Each(func() error {
		result := make(chan int, 1)
		go func() {
			n, _ := same(1)
			result <- n
		}()
		<-result
		return nil
	}),
}
