package pools_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/pools"
)

// In virtual time: a nap costs nothing, and who naps beside whom is exact.

func nap(d time.Duration) (time.Duration, error) {
	time.Sleep(d)
	return d, nil
}

func TestAsManyAtOnceAsThereAreWorkers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var now, most atomic.Int32
		pool := pools.Threads(3, func(d time.Duration) (time.Duration, error) {
			if n := now.Add(1); n > most.Load() {
				most.Store(n)
			}
			defer now.Add(-1)
			return nap(d)
		})
		defer pool.Close()
		begin := time.Now()
		if _, err := pool.Map(t.Context(), slices.Repeat([]time.Duration{time.Second}, 10)); err != nil {
			t.Error(err)
		}
		if took := time.Since(begin); took != 4*time.Second || most.Load() != 3 {
			t.Errorf("ten naps of 1s took %v, %d at once", took, most.Load())
		}
	})
}

func TestAsCompleted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pool := pools.Threads(3, nap)
		defer pool.Close()
		var futures []*pools.Future[time.Duration]
		for _, d := range []time.Duration{3, 1, 2} {
			futures = append(futures, pool.Submit(t.Context(), d*time.Second))
		}
		var order []string
		begin := time.Now()
		for f := range pools.AsCompleted(futures...) {
			d, err := f.Result(t.Context())
			order = append(order, fmt.Sprint(d, " ", err, " ", time.Since(begin)))
		}
		if got, want := strings.Join(order, ", "), "1s <nil> 1s, 2s <nil> 2s, 3s <nil> 3s"; got != want {
			t.Errorf("%s, not %s", got, want)
		}
		for f := range pools.AsCompleted(futures...) { // all are done; leave early
			_ = f
			break
		}
	})
}

func TestContextEndsTheWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pool := pools.Threads(1, nap)
		defer pool.Close()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		begin := time.Now()
		if _, err := pool.Map(ctx, []time.Duration{time.Minute, time.Minute}); !errors.Is(err, context.DeadlineExceeded) || time.Since(begin) != time.Second {
			t.Error("Map:", err, time.Since(begin))
		}
		ctx, cancel = context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		f := pool.Submit(t.Context(), time.Hour)
		if _, err := f.Result(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Error("Result:", err)
		}
		if d, err := f.Result(t.Context()); d != time.Hour || err != nil || time.Since(begin) != time.Hour+time.Minute {
			t.Error(d, err, time.Since(begin)) // and the second item never began
		}
	})
}

func TestTaskMayUseItsPool(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var pool *pools.Pool[int, int]
		pool = pools.Threads(2, func(n int) (int, error) {
			if n == 0 {
				return 0, nil
			}
			pool.Submit(t.Context(), n-1)
			return n, nil
		})
		if n, err := pool.Submit(t.Context(), 9).Result(t.Context()); n != 9 || err != nil {
			t.Error(n, err)
		}
		synctest.Wait()
		pool.Close()
	})
}
