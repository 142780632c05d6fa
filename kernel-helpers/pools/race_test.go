package pools_test

import (
	"context"
	"runtime"
	"sync/atomic"
	"testing"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/race/racetest"
	"github.com/interleave-lab/interleave/kernel-helpers/pools"
)

var shared int

// racy are programs whose tasks 0 and 3 write the same variable in no order,
// although another worker takes task 3 well after task 0 was finished.
var racy = map[string]func(){
	"Map": func() {
		race(func(pool *pools.Pool[int, int]) { pool.Map(context.Background(), []int{0, 1, 2, 3}) })
	},
	"Submit": func() {
		race(func(pool *pools.Pool[int, int]) {
			for task := range 4 {
				pool.Submit(context.Background(), task)
			}
		})
	},
}

func race(do func(*pools.Pool[int, int])) {
	var begun [4]atomic.Bool
	await := func(task int) {
		for !begun[task].Load() {
			runtime.Gosched()
		}
	}
	pool := pools.Threads(2, func(task int) (int, error) {
		racetest.Behind(func() { // how they meet
			begun[task].Store(true)
			if task == 0 || task == 1 {
				await(1 - task)
			}
			if task == 1 || task == 2 {
				await(task + 1)
			}
		})
		if task == 0 || task == 3 {
			shared++
		}
		return 0, nil
	})
	do(pool)
	pool.Close()
}

func TestRacesAreNotHidden(t *testing.T) { racetest.Found(t, racy) }

// TestMapOrdersItsItemsBeforeItsReturn: no race is seen where there is none.
func TestMapOrdersItsItemsBeforeItsReturn(t *testing.T) {
	pool := pools.Threads(4, func(p *int) (int, error) {
		*p++
		return *p, nil
	})
	defer pool.Close()
	numbers := make([]int, 1000)
	var items []*int
	for i := range numbers {
		items = append(items, &numbers[i])
	}
	for round := range 5 {
		if err := pool.Each(t.Context(), items); err != nil {
			t.Error(err)
		}
		for _, n := range numbers {
			if n != round+1 {
				t.Fatal(n)
			}
		}
	}
}
