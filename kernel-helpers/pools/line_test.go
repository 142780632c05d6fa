package pools_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/pools"
)

func TestSubmitWaitsForAPlaceInLine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pool := pools.Threads(2, sleepy, pools.QueueSize(3))
		defer pool.Close()
		begin := time.Now()
		var given []string
		var futures []*pools.Future[int]
		for range 9 {
			futures = append(futures, pool.Submit(t.Context(), 10))
			given = append(given, fmt.Sprint(int(time.Since(begin).Seconds())))
			synctest.Wait()
		}
		// Two run and three wait at once; then two go on every 10 s.
		if got, want := strings.Join(given, " "), "0 0 0 0 0 10 10 20 20"; got != want {
			t.Errorf("tasks were given at %s, not %s", got, want)
		}
		ctx, cancel := context.WithTimeoutCause(t.Context(), time.Second, errors.New("enough"))
		defer cancel()
		late := pool.Submit(ctx, 10)
		if err := late.Err(t.Context()); err == nil || err.Error() != "enough" || time.Since(begin) != 21*time.Second {
			t.Error("a Submit that gave up:", err, time.Since(begin))
		}
		for _, f := range futures {
			if err := f.Err(t.Context()); err != nil {
				t.Error(err)
			}
		}
		if took := time.Since(begin); took != 50*time.Second {
			t.Errorf("nine naps of 10 s on two threads took %v", took)
		}
	})
}

func TestACancelledTaskGivesItsPlaceBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pool := pools.Threads(1, sleepy, pools.QueueSize(1))
		defer pool.Close()
		for range 5 {
			pool.Submit(t.Context(), 1)
			synctest.Wait()
			waiting := pool.Submit(t.Context(), 1)
			waiting.Cancel()
		}
		if n, err := pool.Submit(t.Context(), 2).Result(t.Context()); n != 2 || err != nil {
			t.Error(n, err)
		}
	})
}

func TestWhoWaitsForAPlaceLearnsThatThePoolIsClosed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pool := pools.Threads(1, sleepy, pools.QueueSize(1))
		pool.Submit(t.Context(), 1)
		synctest.Wait()
		pool.Submit(t.Context(), 1)
		refused := make(chan error)
		go func() { refused <- pool.Submit(t.Context(), 1).Err(t.Context()) }()
		synctest.Wait()
		pool.Close()
		if err := <-refused; !errors.Is(err, pools.ErrClosed) {
			t.Error(err)
		}
	})
}

func TestAQueueHasToHaveAPlace(t *testing.T) {
	pool := pools.Threads(1, work, pools.QueueSize(0))
	defer pool.Close()
	want := "pools: a queue of size 0 takes no task: give it at least one place"
	if err := pool.Submit(t.Context(), 1).Err(t.Context()); err == nil || err.Error() != want {
		t.Error(err)
	}
}

func TestCancelPending(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pool := pools.Threads(2, sleepy)
		defer pool.Close()
		mapped := make(chan error)
		go func() {
			_, err := pool.Map(t.Context(), slices.Repeat([]int{1}, 100))
			mapped <- err
		}()
		synctest.Wait()
		waiting := pool.Submit(t.Context(), 1)
		synctest.Wait()
		pool.CancelPending()
		if err := <-mapped; !errors.Is(err, pools.ErrCancelled) {
			t.Error("Map:", err)
		}
		if err := waiting.Err(t.Context()); !errors.Is(err, pools.ErrCancelled) {
			t.Error("Submit:", err)
		}
		begin := time.Now()
		if n, err := pool.Submit(t.Context(), 1).Result(t.Context()); n != 1 || err != nil || time.Since(begin) != 2*time.Second {
			t.Error("the pool should go on once its two tasks are done:", n, err, time.Since(begin))
		}
	})
}

func TestShutdown(t *testing.T) {
	for _, c := range []struct {
		name   string
		wait   time.Duration
		err    error
		took   time.Duration
		errors string
	}{
		{"all are waited for", time.Hour, nil, 20 * time.Second, "[<nil> <nil>]"},
		{"what waits is cancelled", 5 * time.Second, context.DeadlineExceeded, 5 * time.Second, "[<nil> pools: the task was cancelled before it began]"},
		{"at once", 0, context.DeadlineExceeded, 0, "[<nil> pools: the task was cancelled before it began]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				pool := pools.Threads(1, sleepy)
				futures := []*pools.Future[int]{pool.Submit(t.Context(), 10), pool.Submit(t.Context(), 10)}
				synctest.Wait()
				ctx, cancel := context.WithTimeout(t.Context(), c.wait)
				defer cancel()
				begin := time.Now()
				if err := pool.Shutdown(ctx); err != c.err || time.Since(begin) != c.took {
					t.Errorf("%v after %v", err, time.Since(begin))
				}
				if err := pool.Submit(t.Context(), 1).Err(t.Context()); !errors.Is(err, pools.ErrClosed) {
					t.Error("a pool that was shut down takes a task:", err)
				}
				var errs []error
				for _, f := range futures {
					errs = append(errs, f.Err(t.Context()))
				}
				if got := fmt.Sprint(errs); got != c.errors {
					t.Errorf("tasks ended with %s, not %s", got, c.errors)
				}
				pool.Close()
			})
		})
	}
}
