package main

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"

	"github.com/alitto/pond/v2"
	"github.com/panjf2000/ants/v2"
	"github.com/sourcegraph/conc/iter"
	concpool "github.com/sourcegraph/conc/pool"
	"golang.org/x/sync/errgroup"

	"github.com/interleave-lab/interleave/bench/answer"
	"github.com/interleave-lab/interleave/kernel-helpers/pools"
)

// An empty task for each of some items, on a few workers, and the results in
// order. Each of the pools does it as its documentation would have it.

const workers = 4

var items = make([]int, 10_000)

// same is the task. It is a variable so that no case has it compiled into its loop:
// to a pool, a reader's function is a value.
var same = func(n int) (int, error) { return n, nil }

var mapCases = answer.Cases{
	"map": mapping(func() func() ([]int, error) {
		pool := pools.Threads(workers, same)
		return func() ([]int, error) { return pool.Map(context.Background(), items) }
	}),
	"map-index": mapping(func() func() ([]int, error) { return mapByIndex }),
	"map-conc":  mapping(func() func() ([]int, error) { return mapByConc }),
	"map-conc-pool": mapping(func() func() ([]int, error) {
		return mapByConcPool
	}),
	"map-errgroup": mapping(func() func() ([]int, error) { return mapByErrgroup }),
	"map-pond": mapping(func() func() ([]int, error) {
		pool := pond.NewResultPool[int](workers)
		return func() ([]int, error) {
			group := pool.NewGroup()
			for _, item := range items {
				group.SubmitErr(func() (int, error) { return same(item) })
			}
			return group.Wait()
		}
	}),
	"map-ants": func() (answer.Case, error) {
		pool, err := ants.NewPool(workers)
		if err != nil {
			return nil, err
		}
		return mapping(func() func() ([]int, error) {
			return func() ([]int, error) { return mapByAnts(pool) }
		})()
	},
}

// mapping is a case of maps that are each looked at: one that was not done would
// be the fastest.
func mapping(maker func() func() ([]int, error)) func() (answer.Case, error) {
	return func() (answer.Case, error) {
		do := maker()
		return answer.Batches(len(items), func() error {
			results, err := do()
			if err == nil && len(results) != len(items) {
				err = errors.New("results are missing")
			}
			return err
		})()
	}
}

func mapByIndex() ([]int, error) {
	results := make([]int, len(items))
	var next atomic.Int64
	var failed atomic.Pointer[error]
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(items) {
					return
				}
				result, err := same(items[i])
				if err != nil {
					failure := err // its own, or every task would allocate one
					failed.CompareAndSwap(nil, &failure)
				}
				results[i] = result
			}
		})
	}
	group.Wait()
	if err := failed.Load(); err != nil {
		return nil, *err
	}
	return results, nil
}

func mapByConc() ([]int, error) {
	mapper := iter.Mapper[int, int]{MaxGoroutines: workers}
	return mapper.MapErr(items, func(item *int) (int, error) { return same(*item) })
}

func mapByConcPool() ([]int, error) {
	pool := concpool.NewWithResults[int]().WithErrors().WithMaxGoroutines(workers)
	for _, item := range items {
		pool.Go(func() (int, error) { return same(item) })
	}
	return pool.Wait()
}

func mapByErrgroup() ([]int, error) {
	results := make([]int, len(items))
	var group errgroup.Group
	group.SetLimit(workers)
	for i, item := range items {
		group.Go(func() (err error) {
			results[i], err = same(item)
			return err
		})
	}
	return results, group.Wait()
}

func mapByAnts(pool *ants.Pool) ([]int, error) {
	results := make([]int, len(items))
	var failed atomic.Pointer[error]
	var group sync.WaitGroup
	group.Add(len(items))
	for i, item := range items {
		err := pool.Submit(func() {
			defer group.Done()
			result, err := same(item)
			if err != nil {
				failure := err
				failed.CompareAndSwap(nil, &failure)
			}
			results[i] = result
		})
		if err != nil {
			return nil, err
		}
	}
	group.Wait()
	if err := failed.Load(); err != nil {
		return nil, *err
	}
	return results, nil
}
