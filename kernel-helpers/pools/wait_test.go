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

// sleepy naps for as many seconds as n says; a negative n fails after as many.
func sleepy(n int) (int, error) {
	if n < 0 {
		time.Sleep(time.Duration(-n) * time.Second)
		return 0, fmt.Errorf("failed after %d s", -n)
	}
	time.Sleep(time.Duration(n) * time.Second)
	return n, nil
}

func TestWait(t *testing.T) {
	for _, c := range []struct {
		name          string
		until         pools.Until
		tasks         []int
		done, notDone string // their indices
		seconds       int
	}{
		{"all", pools.AllDone, []int{3, 1, -2}, "0 1 2", "", 3},
		{"the first", pools.FirstDone, []int{3, 1, -2}, "1", "0 2", 1},
		{"the first error", pools.FirstError, []int{3, 1, -2}, "1 2", "0", 2},
		{"the first error if there is none", pools.FirstError, []int{3, 1, 2}, "0 1 2", "", 3},
		{"all, but the context ends", pools.AllDone, []int{3, 1, 20}, "0 1", "2", 10},
		{"nothing", pools.AllDone, nil, "", "", 0},
		{"the first of nothing", pools.FirstDone, nil, "", "", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				pool := pools.Threads(3, sleepy)
				defer pool.Close()
				ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
				defer cancel()
				var futures []*pools.Future[int]
				for _, n := range c.tasks {
					futures = append(futures, pool.Submit(t.Context(), n))
				}
				begin := time.Now()
				done, notDone := pools.Wait(ctx, c.until, futures...)
				if took := time.Since(begin); took != time.Duration(c.seconds)*time.Second {
					t.Errorf("took %v, not %d s", took, c.seconds)
				}
				if done, notDone := indices(futures, done), indices(futures, notDone); done != c.done || notDone != c.notDone {
					t.Errorf("done %q, not done %q", done, notDone)
				}
			})
		})
	}
}

// indices returns where some of all futures are.
func indices(all, some []*pools.Future[int]) string {
	var at []string
	for _, f := range some {
		at = append(at, fmt.Sprint(slices.Index(all, f)))
	}
	return strings.Join(at, " ")
}

func TestWaitTakesWhatIsThereEvenIfTheContextIsDone(t *testing.T) {
	pool := pools.Threads(1, work)
	defer pool.Close()
	f := pool.Submit(t.Context(), 3)
	<-f.Done()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for range 100 { // a select would choose at random
		if done, _ := pools.Wait(ctx, pools.AllDone, f); len(done) != 1 {
			t.Fatal("what is done is not told")
		}
		if n, err := f.Result(ctx); n != 9 || err != nil {
			t.Fatal(n, err)
		}
	}
}

func TestStatesOfATask(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pool := pools.Threads(1, sleepy)
		defer pool.Close()
		first, second := pool.Submit(t.Context(), 1), pool.Submit(t.Context(), 1)
		synctest.Wait()
		if got := fmt.Sprint(first.State(), " ", second.State()); got != "running pending" {
			t.Error(got)
		}
		time.Sleep(1500 * time.Millisecond)
		if got := fmt.Sprint(first.State(), " ", second.State()); got != "done running" {
			t.Error(got)
		}
		if second.Err(t.Context()) != nil || second.State() != pools.Done || fmt.Sprint(pools.State(9)) != "State(9)" {
			t.Error(second.State())
		}
	})
}

func TestCancel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pool := pools.Threads(1, sleepy)
		defer pool.Close()
		begin := time.Now()
		running, waiting, last := pool.Submit(t.Context(), 1), pool.Submit(t.Context(), 60), pool.Submit(t.Context(), 2)
		synctest.Wait()
		if running.Cancel() {
			t.Error("a task that runs was cancelled")
		}
		if !waiting.Cancel() || waiting.Cancel() {
			t.Error("a task that waits is cancelled once")
		}
		select {
		case <-waiting.Done():
		default:
			t.Error("cancelled, and not done")
		}
		if n, err := waiting.Result(t.Context()); n != 0 || !errors.Is(err, pools.ErrCancelled) || !errors.Is(err, context.Canceled) {
			t.Error(n, err)
		}
		if n, err := last.Result(t.Context()); n != 2 || err != nil || time.Since(begin) != 3*time.Second {
			t.Error("the next task:", n, err, time.Since(begin))
		}
		if last.Cancel() {
			t.Error("a task that is done was cancelled")
		}
	})
}

func TestOnDone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pool := pools.Threads(1, sleepy)
		defer pool.Close()
		var heard []string
		hear := func(who string) func(*pools.Future[int]) {
			return func(f *pools.Future[int]) {
				n, err := f.Result(t.Context())
				heard = append(heard, fmt.Sprint(who, " ", n, " ", err))
			}
		}
		f := pool.Submit(t.Context(), 1)
		f.OnDone(hear("a"))
		f.OnDone(func(*pools.Future[int]) { panic("who calls back must be careful") })
		f.OnDone(hear("b"))
		cancelled := pool.Submit(t.Context(), 1)
		cancelled.OnDone(hear("c"))
		cancelled.Cancel()
		f.Result(t.Context())
		synctest.Wait() // Result may return before the calls are made
		f.OnDone(hear("d"))
		want := "c 0 pools: the task was cancelled before it began, a 1 <nil>, b 1 <nil>, d 1 <nil>"
		if got := strings.Join(heard, ", "); got != want {
			t.Errorf("heard %s\nwant  %s", got, want)
		}
	})
}

func TestAsCompletedMayBeRangedOverAgain(t *testing.T) {
	pool := pools.Threads(2, func(n int) (int, error) { return n, nil })
	defer pool.Close()
	ctx := t.Context()
	all := pools.AsCompleted(pool.Submit(ctx, 1), pool.Submit(ctx, 2), pool.Submit(ctx, 3))
	for range all {
		break
	}
	for range 2 {
		sum := 0
		for f := range all {
			n, _ := f.Result(ctx)
			sum += n
		}
		if sum != 6 {
			t.Errorf("yielded tasks whose sum is %d", sum)
		}
	}
}
