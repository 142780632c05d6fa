package kerneltest_test

import (
	"regexp"
	"testing"

	"github.com/interleave-lab/interleave/internal/jupyter/kerneltest"
)

const workImports = `import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/pools"
	"github.com/interleave-lab/interleave/kernel-helpers/processes"
	"github.com/interleave-lab/interleave/kernel-helpers/threads"
	"github.com/interleave-lab/interleave/kernel-helpers/timeline"
)

const nap = 20 * time.Millisecond

var ctx = context.Background()

// Download is a thread type.
type Download struct {
	Page string
	Size int
}

func (d *Download) Run() {
	time.Sleep(nap)
	d.Size = len(d.Page)
}

func work(ms int) (int, error) {
	switch {
	case ms == -1:
		panic("a nap in the past")
	case ms == -2:
		os.Exit(3) // a process's own end
	}
	time.Sleep(time.Duration(ms) * time.Millisecond)
	return ms, nil
}

var works = processes.NewFunc("work", work)

// lanes shows a recording and tells its lanes and what they wait for.
func lanes(title string, f func()) {
	rec := timeline.Record(f)
	rec.Show(title)
	for _, lane := range rec.Lanes() {
		fmt.Println("lane", lane.Name)
		for _, span := range lane.Spans {
			if span.State == timeline.Waiting {
				fmt.Println(lane.Name, "waits for", span.For)
			}
		}
	}
}

%%
_ = []any{errors.As, threads.Go, pools.ErrClosed, works, lanes, nap, &Download{}}
`

// Every form of a thread and of a pool, as a reader would try it.
func TestThreadsAndPoolsInCells(t *testing.T) {
	k := kerneltest.Start(t)
	k.MustRun(workImports)
	for name, tc := range map[string]struct{ body, want string }{
		"daemons end with the cell": {
			`defer threads.End()
			beat := func() { select {} }
			threads.Go("heartbeat", beat, threads.Daemon)
			threads.Go("logger", beat, threads.Daemon)
			threads.Go("late", func() { time.Sleep(nap); fmt.Println("late is done") })
			fmt.Println("main is done")`,
			`^main is done\nlate is done\nthreads: 2 daemon threads end with the cell: heartbeat, logger\n$`,
		},
		"a thread type, and joins in time": {
			`lanes("Downloads", func() {
				a, b := &Download{Page: "a"}, &Download{Page: "bb"}
				ta, tb := threads.Start("download a", a), threads.Start("download b", b)
				fmt.Println(ta.JoinTimeout(time.Microsecond), threads.Active())
				fmt.Println(ta.JoinContext(ctx), tb.JoinTimeout(time.Minute), a.Size, b.Size)
			})`,
			`false \[thread download a \(running\) thread download b \(running\)\]\n<nil> true 1 2\n(?s:.*)` +
				`main waits for thread download a\n(?s:.*)lane download a\nlane download b\n`,
		},
		"timers": {
			`lanes("Timers", func() {
				alarm := threads.After(nap, "alarm", func() { time.Sleep(nap) })
				never := threads.After(time.Hour, "never", func() { fmt.Println("too late") })
				fmt.Println(never.Stop())
				alarm.Join()
			})`,
			`true\n(?s:.*)main waits for thread alarm\nlane alarm\n`,
		},
		"pinned": {
			`player := threads.Go("player", func() {
				fmt.Println(threads.OSThread() == threads.Current().OSThread())
			}, threads.Pinned)
			player.Join()
			fmt.Println(player)`,
			`^true\nthread player \(ended, pinned to OS thread \d+\)\n$`,
		},
		"a panic is carried to Join": {
			`t := threads.Go("divider", func() { zero := 0; fmt.Println(1 / zero) })
			defer func() { fmt.Println(recover().(*threads.PanicError).Value) }()
			t.Join()`,
			`runtime error: integer divide by zero\n$`,
		},
		"a pool of threads": {
			`lanes("Threads", func() { try(pools.Threads(2, work, pools.QueueSize(3)), -1) })`,
			`2 of 6 items failed, first item 2: task panicked: a nap in the past(?s:.*)lane worker 1\n(?s:.*)lane worker 2\n`,
		},
		"a pool of processes": {
			`lanes("Processes", func() { try(pools.Processes(2, works, pools.QueueSize(3)), -2) })`,
			`2 of 6 items failed, first item 2: process worker \d \(pid \d+\) ended with exit status 3(?s:.*)lane worker [12] \(pid \d+\)\n(?s:.*)lane worker [12] \(pid \d+\)\n`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			k := k.On(t)
			r := k.MustRun(tryPool + "\n%%\n" + tc.body)
			k.WantSound()
			if got := r.Text(); !regexp.MustCompile(tc.want).MatchString(got) {
				t.Errorf("printed:\n%s\nwant %s", got, tc.want)
			}
		})
	}
}

// tryPool declares what both kinds of pools can do. Only a part of the text is the
// pool's own: the rest is checked where it runs.
const tryPool = `// try does with a pool all that can be done; bad is an item that fails.
func try(pool *pools.Pool[int, int], bad int) {
	must := func(ok bool, what ...any) {
		if !ok {
			panic(fmt.Sprint(what...))
		}
	}
	results, err := pool.Map(ctx, []int{20, 20, bad, 20, bad, 20})
	fmt.Println(err)
	must(fmt.Sprint(results) == "[20 20 0 20 0 20]", results)
	var failed *pools.MapError
	must(errors.As(err, &failed) && failed.Failed[1].Item == 4, err)
	must(pool.Each(ctx, []int{1, 2}) == nil)

	var futures []*pools.Future[int]
	for range 8 { // more than there is room for
		futures = append(futures, pool.Submit(ctx, 10))
	}
	told := make(chan pools.State, 1)
	futures[7].OnDone(func(f *pools.Future[int]) { told <- f.State() })
	done, others := pools.Wait(ctx, pools.FirstDone, futures...)
	must(len(done) > 0 && len(done)+len(others) == 8, len(done), len(others))
	for f := range pools.AsCompleted(futures...) {
		n, err := f.Result(ctx)
		must(n == 10 && err == nil, n, err)
	}
	must(<-told == pools.Done)

	pool.Submit(ctx, 200)
	pool.Submit(ctx, 200)
	waiting, cancelled := pool.Submit(ctx, 1), pool.Submit(ctx, 1)
	must(cancelled.Cancel() && cancelled.Err(ctx) == pools.ErrCancelled)
	soon, stop := context.WithTimeout(ctx, nap)
	defer stop()
	must(pool.Shutdown(soon) != nil && waiting.Err(ctx) == pools.ErrCancelled)
	pool.Close()
	must(pool.Submit(ctx, 1).Err(ctx) == pools.ErrClosed)
}
`
