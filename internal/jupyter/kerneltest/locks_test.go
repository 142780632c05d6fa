package kerneltest_test

import (
	"testing"

	"github.com/interleave-lab/interleave/internal/jupyter/kerneltest"
)

const lockImports = `import (
	"fmt"
	"sync"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/locks"
	"github.com/interleave-lab/interleave/kernel-helpers/threads"
	"github.com/interleave-lab/interleave/kernel-helpers/timeline"
)

const nap = 30 * time.Millisecond

// together runs f in three threads and tells their recording's lanes.
func together(f func(id int)) {
	rec := timeline.Record(func() {
		var group threads.Group
		for id := range 3 {
			group.Go(fmt.Sprint("worker ", id), func() { f(id) })
		}
		group.Wait()
	})
	rec.Show("Together")
	for _, lane := range rec.Lanes() {
		for _, span := range lane.Spans {
			fmt.Printf("%s: %s %s\n", lane.Name, span.State, span.For)
		}
	}
}

func transfer(from, to *locks.Mutex) {
	from.Lock()
	defer from.Unlock()
	time.Sleep(nap)
	to.With(func() {})
}

%%
_ = []any{fmt.Sprint, sync.OnceFunc, nap, together, transfer}
`

// Every primitive is seen in a timeline: who holds it, and who waits for it.
func TestLocksInATimeline(t *testing.T) {
	k := kerneltest.Start(t)
	k.MustRun(lockImports)
	for name, tc := range map[string]struct{ body, want string }{
		"Mutex": {
			`mu := locks.NewMutex("mu")
			together(func(int) { mu.With(func() { time.Sleep(nap) }) })`,
			`worker \d: waiting for a lock lock mu\n(?s:.*)lock mu: held worker \d\n`,
		},
		"Mutex without a name": {
			`var account locks.Mutex
			together(func(int) { account.With(func() { time.Sleep(nap) }) })`,
			`lock account: held worker \d\n`,
		},
		"RWMutex": {
			`rw := locks.NewRWMutex("rw")
			together(func(int) { rw.WithRead(func() { time.Sleep(nap) }); rw.With(func() { time.Sleep(nap) }) })`,
			`lock rw: held 3 readers: worker \d, worker \d, worker \d\n(?s:.*)lock rw: held worker \d\n`,
		},
		"RMutex": {
			`r := locks.NewRMutex("r")
			together(func(int) { r.With(func() { r.With(func() { time.Sleep(nap) }) }) })`,
			`worker \d: waiting for a lock lock r\n(?s:.*)lock r: held worker \d\n`,
		},
		"Semaphore": {
			`slots := locks.NewSemaphore("slots", 2)
			together(func(int) { slots.With(func() { time.Sleep(nap) }) })`,
			`worker \d: waiting for a lock semaphore slots\n(?s:.*)semaphore slots: held 2 of 2: worker \d, worker \d\n`,
		},
		"BoundedSemaphore": {
			`slots := locks.NewBoundedSemaphore("slots", 2)
			together(func(int) { slots.With(func() { time.Sleep(nap) }) })`,
			`semaphore slots: held 2 of 2: worker \d, worker \d\n`,
		},
		"Cond": {
			`var mu locks.Mutex
			turn := 0
			next := locks.NewCond("next", &mu)
			together(func(id int) {
				for id == 2 && len(next.Waiting()) < 2 {
					time.Sleep(nap) // whoever of the others started first
				}
				next.With(func() {
					next.WaitFor(func() bool { return turn == 2-id })
					turn++
					next.Broadcast()
				})
			})`,
			`worker 0: waiting condition next\n`,
		},
		"Event": {
			`ready := locks.NewEvent("ready")
			together(func(id int) {
				if id == 0 {
					for len(ready.Waiting()) < 2 {
						time.Sleep(nap)
					}
					ready.Set()
				}
				ready.Wait()
			})`,
			`worker 2: waiting event ready\n`,
		},
		"Barrier": {
			`start := locks.NewBarrier("start", 3)
			together(func(id int) { time.Sleep(time.Duration(id) * nap); start.Wait() })`,
			`worker \d: waiting barrier start\n`,
		},
		"GIL": {
			`gil := locks.NewGIL("GIL")
			together(func(id int) {
				gil.Run(func() {
					for begin := time.Now(); time.Since(begin) < 3*nap; gil.Check() {
					}
					gil.Sleep(nap)
				})
			})`,
			`worker \d: waiting for a lock lock GIL\n(?s:.*)lock GIL: held worker \d\n`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			k := k.On(t)
			r := k.MustRun("%%\n" + tc.body)
			k.WantText(r, tc.want)
			if charts := len(r.Bundles()); charts != 1 {
				t.Errorf("%d charts", charts)
			}
			k.WantSound()
		})
	}
}

// A deadlock ends its cell within a moment and says who waits for what, and where.
// It is drawn, too: together, which the kernel remembers, links charts.
func TestDeadlocksOfLocksAreTold(t *testing.T) {
	k := kerneltest.Start(t)
	k.MustRun(lockImports)
	const circle = "locks: deadlock: each of these waits for the next, and the last for the first.\\n" +
		"\\s+\\S.* waits for lock [ab], which .* holds, at `to.With\\(func\\(\\) {}\\)` \\(transfer\\)\\n" +
		"\\s+\\S.* waits for lock [ab], which .* holds, at `to.With\\(func\\(\\) {}\\)` \\(transfer\\)\\n" +
		"\\s*Take these locks in the same order everywhere, or hold one at a time."
	const group = `a, b := locks.NewMutex("a"), locks.NewMutex("b")
			var group threads.Group
			group.Go("worker 1", func() { transfer(a, b) })
			group.Go("worker 2", func() { transfer(b, a) })
			group.Wait()`
	for name, tc := range map[string]struct {
		body, want string
		charts     int
	}{
		"bare": {
			`a, b := locks.NewMutex("a"), locks.NewMutex("b")
			go transfer(a, b)
			transfer(b, a)`, circle, 1,
		},
		"in a group":     {group, circle, 1},
		"in a recording": {"timeline.Show(\"Deadlock\", func() {\n" + group + "\n})", circle, 2},
		"locked twice": {
			`var mu locks.Mutex
			mu.Lock()
			mu.Lock()`,
			"locks: deadlock: main waits for lock mu, which it holds itself, at `mu.Lock\\(\\)` \\(line 3 below %%\\)", 1,
		},
		"a lock and a channel": {
			`mu := locks.NewMutex("mu")
			done := make(chan bool)
			mu.Lock()
			go mu.With(func() { done <- true })
			<-done`,
			"Nothing can run any more:\\n(?s:.*)waits for lock mu, which main holds, at `go mu.With(?s:.*)" +
				"main waits for a value from a channel, at `<-done` \\(line 5 below %%\\)(?s:.*)exit status 2", 0,
		},
	} {
		t.Run(name, func(t *testing.T) {
			k := k.On(t)
			r := k.Run("%%\n" + tc.body)
			k.WantError(r, tc.want)
			if charts := len(r.Bundles()); charts != tc.charts {
				t.Errorf("%d charts, want %d", charts, tc.charts)
			}
			k.WantSound()
		})
	}
}
