package kerneltest_test

import (
	"fmt"
	"regexp"
	"testing"

	"github.com/interleave-lab/interleave/internal/jupyter"
	"github.com/interleave-lab/interleave/internal/jupyter/kerneltest"
)

const loopImports = `import (
	"context"
	"fmt"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/eventloop"
	"github.com/interleave-lab/interleave/kernel-helpers/measure"
)

func naps(loop *eventloop.Loop, n int, nap time.Duration) (int, error) {
	for i := range n {
		if err := loop.Sleep(nap); err != nil {
			return i, err
		}
	}
	return n, nil
}

const sumPy = ` + "`" + `
import sys, threading
def count():
    for _ in range(100_000): pass
def work():
    threads = [threading.Thread(target=count) for _ in range(int(sys.argv[1]))]
    for t in threads: t.start()
    for t in threads: t.join()
` + "`" + `

%%
_ = []any{context.Background, fmt.Sprint, naps, sumPy, measure.Case}
`

func wantChart(t *testing.T, r *jupyter.Result, text string) {
	t.Helper()
	if bundles := r.Bundles(); len(bundles) != 1 || !regexp.MustCompile(text).MatchString(fmt.Sprint(bundles[0]["text/plain"])) {
		t.Errorf("charts %d, want one that says %s; the cell printed:\n%s", len(bundles), text, r.Text())
	}
}

// Every primitive of the event loop is seen in its chart's cell.
func TestAnEventLoop(t *testing.T) {
	k := kerneltest.Start(t)
	k.MustRun(loopImports)
	for name, tc := range map[string]struct{ body, text, chart string }{
		"Gather": {
			`a := eventloop.Go(loop, "A", func() (int, error) { return naps(loop, 5, time.Second) })
			b := eventloop.Go(loop, "B", func() (int, error) { return naps(loop, 5, 2*time.Second) })
			c := eventloop.Go(loop, "C", func() (int, error) { return naps(loop, 4, 1500*time.Millisecond) })
			fmt.Println(eventloop.Gather(a, b, c))`,
			`\[5 5 4\] <nil>`, `^3 tasks slept 21.0 s in 10.0 s of virtual time \(.* of real time\): one thread gave 19 turns, never two at once.$`,
		},
		"Timeout and Cancel": {
			`lazy := loop.Go("lazy", func() error { _, err := naps(loop, 9, time.Hour); return err })
			fmt.Println(loop.Timeout(time.Second, func() error { _, err := eventloop.Shield(lazy); return err }))
			lazy.Cancel()
			_, err := lazy.Await()
			fmt.Println(err)`,
			`time is up in task main after 1.00 s\n.*task lazy was cancelled while it waited for the end of its nap`, `slept`,
		},
		"Queue": {
			`q := eventloop.NewQueue[int](loop, "orders", 1)
			loop.Go("cook", func() error { defer q.Close(); q.Put(1); return q.Put(2) })
			loop.Sleep(time.Second)
			for v, err := q.Get(); err == nil; v, err = q.Get() { fmt.Print(v, " ") }`,
			`1 2 `, `1 task slept 1.00 s`,
		},
		"Mutex, Semaphore, Event": {
			`mu, s, e := eventloop.NewMutex(loop, "mu"), eventloop.NewSemaphore(loop, "s", 2), eventloop.NewEvent(loop, "e")
			for range 3 {
				loop.Go("", func() error { return mu.With(func() error { return s.With(func() error { return loop.Sleep(time.Second) }) }) })
			}
			loop.AfterFunc(4*time.Second, e.Set)
			fmt.Println(e.Wait(), loop.Now())`,
			`<nil> 4s`, `3 tasks slept 3.00 s in 4.00 s`,
		},
		"ToThread": {
			`fmt.Println(eventloop.ToThread(loop, func(context.Context) (int, error) { time.Sleep(10*time.Millisecond); return 7, nil }))`,
			`7 <nil>`, `1 task took`,
		},
		"a blocked loop": {
			`loop.Go("rude", func() error { time.Sleep(300*time.Millisecond); return nil })
			loop.Sleep(time.Second)`,
			`eventloop: task rude kept the loop for [3-9]\d\d ms, and nobody else could run; `, `slept 1.00 s`,
		},
		"a failure that nobody awaits": {
			`loop.Go("lost", func() error { panic("no luck") })
			loop.Sleep(time.Second)`,
			"eventloop: task lost panicked: no luck, at `loop.Go.*` \\(line 2 below %%\\); nobody awaited it", `slept 1.00 s`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			k := k.On(t)
			r := k.MustRun("%%\neventloop.Show(\"" + name + "\", func(loop *eventloop.Loop) error {\n" + tc.body + "\nreturn nil\n})")
			k.WantText(r, tc.text)
			wantChart(t, r, tc.chart)
			k.WantSound()
		})
	}
	t.Run("a deadlock", func(t *testing.T) {
		k := k.On(t)
		r := k.Run(`%%
eventloop.Show("Stuck", func(loop *eventloop.Loop) error {
	orders := eventloop.NewQueue[int](loop, "orders", 1)
	cook := loop.Go("cook", func() error {
		_, err := orders.Get()
		return err
	})
	_, err := cook.Await()
	return err
})`)
		k.WantError(r, "eventloop: deadlock: no task can ever go on\\n"+
			"\\s+task main waits for task cook in `_, err := cook.Await\\(\\)` \\(line 7 below %%\\)\\n"+
			"\\s+task cook waits for a value in queue orders in `_, err := orders.Get\\(\\)` \\(line 4 below %%\\)\\n")
		wantChart(t, r, "2 tasks took")
		k.WantSound()
	})
}

// What is measured is drawn; a missing or broken Python breaks no cell.
func TestMeasuring(t *testing.T) {
	k := kerneltest.Start(t)
	k.MustRun(loopImports)
	for name, tc := range map[string]struct{ body, chart string }{
		"Compare": {
			`measure.Compare("Naps", measure.Case("long", func() { time.Sleep(20*time.Millisecond) }), measure.Case("short", func() { time.Sleep(5*time.Millisecond) }))`,
			`^Naps: long .* ms \(.*–.*\), short .* ms \(.*–.*\)\. short: \d.* times as fast as long \(.*–.*\)\. \d+ rounds, 95% confidence\.$`,
		},
		"Scaling": {
			`measure.Scaling("Shared out", []int{2}, func(workers int) { time.Sleep(40*time.Millisecond/time.Duration(workers)) })`,
			`^Shared out, speed-up: 2 workers \d.* 2 workers: \d.* times as fast as one \(.*\) on \d+ cores?\.`,
		},
		"Python": {
			`measure.Compare("Threads", measure.Python("1 thread", sumPy, "1"), measure.Python("2 threads", sumPy, "2"), measure.Python("broken", "1/0"))`,
			`^Threads: 1 thread \(3\..*, with(out)? the GIL\) .*, 2 threads .* Not compared: broken: the script failed: ZeroDivisionError: division by zero\.$`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			k := k.On(t)
			wantChart(t, k.MustRun("%%\n"+tc.body), tc.chart)
			k.WantSound()
		})
	}
}
