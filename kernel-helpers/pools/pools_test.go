package pools_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/interleave-lab/interleave/kernel-helpers/pools"
	"github.com/interleave-lab/interleave/kernel-helpers/processes"
	"github.com/interleave-lab/interleave/kernel-helpers/threads"
)

func TestMain(m *testing.M) {
	os.Setenv("GORACE", "atexit_sleep_ms=0") // children end at once
	goleak.VerifyTestMain(m)
}

// work is what the pools of these tests do.
func work(n int) (int, error) {
	switch n {
	case fails:
		return 0, errors.New("a number I do not like")
	case panics:
		panic("a number I cannot bear")
	case leaves:
		runtime.Goexit()
	case dies:
		syscall.Kill(os.Getpid(), syscall.SIGKILL)
	case exits:
		os.Exit(3)
	case stays:
		time.Sleep(time.Hour)
	case hasPid:
		return os.Getpid(), nil
	}
	return n * n, nil
}

const (
	fails = -iota - 1
	panics
	leaves
	dies
	exits
	stays
	hasPid
)

var worker = processes.NewFunc("work", work)

// both runs a test on a pool of threads and on one of processes.
func both(t *testing.T, n int, test func(*testing.T, *pools.Pool[int, int])) {
	for name, make := range map[string]func() *pools.Pool[int, int]{
		"threads":   func() *pools.Pool[int, int] { return pools.Threads(n, work) },
		"processes": func() *pools.Pool[int, int] { return pools.Processes(n, worker) },
	} {
		t.Run(name, func(t *testing.T) {
			pool := make()
			defer pool.Close()
			test(t, pool)
		})
	}
}

func TestMapKeepsOrder(t *testing.T) {
	both(t, 5, func(t *testing.T, pool *pools.Pool[int, int]) {
		for _, n := range []int{0, 1, 3, 1000} {
			items := make([]int, n)
			want := make([]int, n)
			for i := range items {
				items[i], want[i] = i, i*i
			}
			if got, err := pool.Map(t.Context(), items); !slices.Equal(got, want) || err != nil {
				t.Errorf("%d items: %v, %v", n, got, err)
			}
		}
	})
}

func TestTaskFailsAlone(t *testing.T) {
	both(t, 2, func(t *testing.T, pool *pools.Pool[int, int]) {
		for _, test := range []struct {
			item int
			says string
		}{
			{fails, "item 1: a number I do not like"},
			{panics, "panicked: a number I cannot bear, at `panic(\"a number I cannot bear\")` (pools_test.go:"},
			{leaves, "called runtime.Goexit, so there is no result"},
		} {
			got, err := pool.Map(t.Context(), []int{1, test.item, 3, 4, 5})
			if want := []int{1, 0, 9, 16, 25}; !slices.Equal(got, want) || err == nil || !strings.Contains(err.Error(), test.says) {
				t.Errorf("%v, %v\ndoes not say %s", got, err, test.says)
			}
		}
		_, err := pool.Map(t.Context(), []int{1, fails, 3, panics, leaves})
		if err == nil || err.Error() != "3 of 5 items failed, first item 1: a number I do not like" {
			t.Error(err)
		}
	})
}

func TestPanicValueAndStack(t *testing.T) {
	pool := pools.Threads(1, func(reason error) (int, error) {
		panic(reason)
	})
	defer pool.Close()
	_, err := pool.Submit(t.Context(), os.ErrNotExist).Result(t.Context())
	var panicked *pools.PanicError
	if !errors.As(err, &panicked) || !errors.Is(err, os.ErrNotExist) || !strings.HasPrefix(panicked.Stack, "`panic(reason)`") || strings.Contains(panicked.Stack, "\n") {
		t.Errorf("%#v", err)
	}
}

func TestCrashedWorkerIsReplaced(t *testing.T) {
	pool := pools.Processes(2, worker)
	defer pool.Close()
	for _, test := range []struct {
		item int
		says string
	}{{dies, "was killed by SIGKILL"}, {exits, "ended with exit status 3 before its function returned"}} {
		got, err := pool.Map(t.Context(), []int{1, 2, test.item, 4, 5, 6})
		var exit *processes.ExitError
		if want := []int{1, 4, 0, 16, 25, 36}; !slices.Equal(got, want) || !errors.As(err, &exit) || !strings.Contains(err.Error(), test.says) {
			t.Error(got, err)
		}
	}
}

var announces = processes.NewFunc("announces", func(q *processes.Queue[int]) (int, error) {
	if err := q.Put(context.Background(), os.Getpid()); err != nil {
		return 0, err
	}
	time.Sleep(time.Hour)
	return 0, nil
})

func TestWorkerKilledFromOutside(t *testing.T) {
	pool := pools.Processes(1, announces)
	defer pool.Close()
	pids := processes.NewQueue[int](1)
	for range 10 {
		busy := pool.Submit(t.Context(), pids)
		pid, err := pids.Get(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		syscall.Kill(pid, syscall.SIGKILL)
		if _, err := busy.Result(t.Context()); err == nil || !strings.Contains(err.Error(), "was killed by SIGKILL") {
			t.Error(err)
		}
	}
}

func TestWorkerProcessesStay(t *testing.T) {
	pool := pools.Processes(2, worker)
	defer pool.Close()
	pids, err := pool.Map(t.Context(), slices.Repeat([]int{hasPid}, 50))
	slices.Sort(pids)
	if n := len(slices.Compact(pids)); n > 2 || err != nil || slices.Contains(pids, os.Getpid()) {
		t.Errorf("%d processes (%v)", n, err)
	}
}

func TestContextKillsTheProcessThatWorks(t *testing.T) {
	pool := pools.Processes(1, worker)
	defer pool.Close()
	ctx, cancel := context.WithCancel(t.Context())
	f := pool.Submit(ctx, stays)
	waiting := pool.Submit(ctx, 2)
	cancel()
	for _, f := range []*pools.Future[int]{f, waiting} {
		if _, err := f.Result(t.Context()); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	}
	if n, err := pool.Submit(t.Context(), 3).Result(t.Context()); n != 9 || err != nil {
		t.Error(n, err)
	}
}

func TestMistakes(t *testing.T) {
	ctx := t.Context()
	closed := pools.Threads(1, work)
	closed.Close()
	closed.Close()
	empty := pools.Threads(0, work)
	defer empty.Close()
	nothing := pools.Threads[int, int](2, nil)
	defer nothing.Close()
	late := pools.Processes(1, processes.NewFunc("late", work))
	defer late.Close()
	for _, test := range []struct {
		pool *pools.Pool[int, int]
		says string
	}{
		{closed, "pools: the pool is closed"},
		{empty, "pools: a pool of 0 workers does nothing: give it at least one"},
		{nothing, "pools: the function is nil"},
		{late, "declare it at package level"},
	} {
		if _, err := test.pool.Map(ctx, []int{1, 2}); err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("Map: %v, not %s", err, test.says)
		}
		if _, err := test.pool.Submit(ctx, 1).Result(ctx); err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("Submit: %v, not %s", err, test.says)
		}
	}
}

func TestCloseFinishesWhatThePoolHas(t *testing.T) {
	both(t, 2, func(t *testing.T, pool *pools.Pool[int, int]) {
		var futures []*pools.Future[int]
		for i := range 20 {
			futures = append(futures, pool.Submit(t.Context(), i))
		}
		pool.Close()
		for i, f := range futures {
			select {
			case <-f.Done():
			default:
				t.Fatal("not done")
			}
			if n, err := f.Result(t.Context()); n != i*i || err != nil {
				t.Error(n, err)
			}
		}
	})
}

func TestWorkersAreThreadsWithNames(t *testing.T) {
	pool := pools.Threads(2, func(leave bool) (string, error) {
		if leave {
			runtime.Goexit()
		}
		return threads.Current().String(), nil
	})
	names, err := pool.Map(t.Context(), []bool{false, true, false, true, false})
	for _, name := range names {
		if name != "" && name != "daemon thread worker 1 (running)" && name != "daemon thread worker 2 (running)" {
			t.Error(name)
		}
	}
	if err == nil || !strings.HasPrefix(err.Error(), "2 of 5 items failed") {
		t.Error(err)
	}
	pool.Close()
	if left := threads.Active(); len(left) != 0 {
		t.Error("after Close there are", left)
	}
}

func TestManyUsers(t *testing.T) {
	both(t, 3, func(t *testing.T, pool *pools.Pool[int, int]) {
		var group sync.WaitGroup
		for range 8 {
			group.Go(func() {
				for i := range 50 {
					if n, err := pool.Submit(t.Context(), i).Result(t.Context()); n != i*i || err != nil {
						t.Error(n, err)
					}
				}
				if _, err := pool.Map(t.Context(), []int{1, 2, 3}); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
	})
}

var printer = processes.NewFunc("printer", func(n int) (int, error) {
	fmt.Println("task", n)
	return n, nil
})

func TestOutputOfATaskIsShownBeforeItsResult(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	saved := os.Stdout
	os.Stdout = w
	defer func() { os.Stdout = saved }()
	pool := pools.Processes(1, printer)
	for i := range 20 {
		if _, err := pool.Submit(t.Context(), i).Result(t.Context()); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(w, "result", i)
	}
	pool.Close()
	w.Close()
	var text strings.Builder
	for b := make([]byte, 4096); ; {
		n, err := r.Read(b)
		if text.Write(b[:n]); err != nil {
			break
		}
	}
	r.Close()
	lines := strings.Split(strings.TrimSpace(text.String()), "\n")
	for i := range 20 {
		if got, want := strings.Join(lines[2*i:2*i+2], ", "), fmt.Sprintf("worker 1: task %d, result %d", i, i); got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
}

func BenchmarkMap(b *testing.B) {
	for name, pool := range map[string]*pools.Pool[int, int]{"threads": pools.Threads(2, work), "processes": pools.Processes(2, worker)} {
		b.Run(name, func(b *testing.B) {
			items := make([]int, b.N)
			if _, err := pool.Map(b.Context(), items); err != nil {
				b.Fatal(err)
			}
		})
		pool.Close()
	}
}

func BenchmarkSubmit(b *testing.B) {
	for name, pool := range map[string]*pools.Pool[int, int]{"threads": pools.Threads(2, work), "processes": pools.Processes(2, worker)} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := pool.Submit(b.Context(), 7).Result(b.Context()); err != nil {
					b.Fatal(err)
				}
			}
		})
		pool.Close()
	}
}

func TestATaskThatClosesItsPoolFailsAlone(t *testing.T) {
	var pool *pools.Pool[string, int]
	pool = pools.Threads(2, func(op string) (int, error) {
		switch op {
		case "Close":
			pool.Close()
		case "Shutdown":
			pool.Shutdown(context.Background())
		}
		return 1, nil
	})
	defer pool.Close()
	for _, op := range []string{"Close", "Shutdown", ""} {
		_, err := pool.Submit(t.Context(), op).Result(t.Context())
		want := "task panicked: pools: " + op + " in a task of the pool would wait for itself"
		if op != "" && !strings.HasPrefix(fmt.Sprint(err), want) || op == "" && err != nil {
			t.Errorf("%q: %v", op, err)
		}
	}
}
