package judge

import (
	"fmt"
	"runtime"
	"runtime/metrics"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/interleave-lab/interleave/internal/engine/stack"
	"github.com/interleave-lab/interleave/internal/engine/wire"
)

const (
	learner = "course/exercises/adder"

	test    = "goroutine 1 [chan receive]:\ntesting.(*T).Run(0x1)\n\t/go/t.go:1 +0x1\n\n"
	watcher = "goroutine 2 [running]:\ncourse/internal/engine/judge.(*judge).watch(0x1)\n\t/a/w.go:1 +0x1\n\n"
	line    = "goroutine 3 [syscall, 2 minutes]:\nsyscall.read(0x1)\n\t/go/r.go:1 +0x1\ncourse/internal/engine/judge.endWithEngine()\n\t/a/l.go:1 +0x1\n\n"
	signals = "goroutine 4 [syscall]:\nos/signal.signal_recv()\n\t/go/s.go:1 +0x1\n\n"
	locked  = "goroutine 20 [sync.Mutex.Lock]:\nsync.(*Mutex).Lock(0x1)\n\t/go/m.go:1 +0x1\n" + learner + ".Add(0x1)\n\tcell 7:3 +0x1\n\n"
	asleep  = "goroutine 21 [sleep]:\ntime.Sleep(0x1)\n\t/go/t.go:1 +0x1\n" + learner + ".Add(0x1)\n\tcell 7:3 +0x1\n\n"
	virtual = "goroutine 22 [sleep (durable), synctest bubble 1]:\ntime.Sleep(0x1)\n\t/go/t.go:1 +0x1\n" + learner + ".Add(0x1)\n\tcell 7:3 +0x1\n\n"
	ready   = "goroutine 23 [runnable]:\n" + learner + ".Add(0x1)\n\tcell 7:3 +0x1\n\n"
	input   = "goroutine 24 [IO wait]:\ncourse/kernel-helpers/processes.read()\n\t/a/p.go:1 +0x1\n\n"
	reaper  = "goroutine 26 [syscall, locked to thread]:\ncourse/kernel-helpers/processes.waitFor()\n\t/a/p.go:1 +0x1\n\n"
	host    = "goroutine 27 [syscall]:\ncourse/internal/engine/outlook.Nap(0x1)\n\t/a/o.go:1 +0x1\ncourse/internal/engine/probe.(*Meeting).waitForGuests(0x1)\n\t/a/m.go:1 +0x1\n\n"
	helpers = "goroutine 25 [select]:\ncourse/kernel-helpers/pools.work()\n\t/a/p.go:1 +0x1\ncreated by " + learner + ".Add in goroutine 1\n\tcell 7:3 +0x1\n\n"
)

func TestWhetherAllWait(t *testing.T) {
	for name, c := range map[string]struct {
		dump string
		ids  []int
		how  waiting
	}{
		"only those who watch":            {watcher + line + signals, nil, forGoroutines},
		"for one another":                 {test + watcher + line + locked, []int{1, 20}, forGoroutines},
		"one sleeps":                      {test + watcher + asleep, nil, not},
		"one sleeps, but in virtual time": {test + watcher + virtual, []int{1, 22}, forGoroutines},
		"one only lacks a processor":      {test + watcher + locked + ready, nil, not},
		"one waits for input":             {test + watcher + input, []int{1, 24}, forAnything},
		"one waits for a child":           {test + watcher + input + reaper, []int{1, 24, 26}, forAnything},
		"one who watches a meeting":       {test + watcher + input + host, nil, not},
	} {
		t.Run(name, func(t *testing.T) {
			ids, how := allWait(c.dump)
			if !slices.Equal(ids, c.ids) || how != c.how {
				t.Errorf("got %v, %v, want %v, %v", ids, how, c.ids, c.how)
			}
		})
	}
}

func TestWhoIsLeft(t *testing.T) {
	j := &judge{learner: learner, old: map[int]bool{20: true}}
	var ids []int
	for _, g := range j.left(test + watcher + locked + asleep + input + helpers) {
		ids = append(ids, g.ID)
	}
	if want := []int{21, 25}; !slices.Equal(ids, want) { // 20 was there before
		t.Errorf("%v are left, want %v", ids, want)
	}
}

func TestWhoCanRun(t *testing.T) {
	for dump, want := range map[string]bool{locked: false, asleep: false, virtual: false, input: false, helpers: false, ready: true, watcher: true} {
		if got := canRun(stack.Parse(dump)[0]); got != want {
			t.Errorf("it can run: %v, want %v\n%s", got, want, dump)
		}
	}
}

func TestLimits(t *testing.T) {
	for name, c := range map[string]struct {
		mb         int
		cpu, wall  time.Duration
		scheduled  bool
		kind, text string
	}{
		"none":                   {*memory, *cpuLimit, *wallLimit, false, "", ""},
		"none, in a schedule":    {*memory, *cpuLimit / share, *wallLimit, true, "", ""},
		"memory":                 {*memory + 1, 0, 0, false, wire.Memory, ""},
		"processor":              {0, *cpuLimit + 1, 0, false, wire.Timeout, "processor"},
		"a schedule's processor": {0, *cpuLimit/share + 1, 0, true, wire.Timeout, "schedule"},
		"none, while it fills":   {*memory/filling + 1, fillingShares * (*cpuLimit / share), 0, true, "", ""},
		"it fills for too long":  {*memory/filling + 1, fillingShares*(*cpuLimit/share) + 1, 0, true, wire.Timeout, "schedule"},
		"clock":                  {0, 0, *wallLimit + 1, false, wire.Timeout, "clock"},
		"memory above all":       {*memory + 1, *cpuLimit + 1, *wallLimit + 1, true, wire.Memory, ""},
	} {
		if kind, text := exceeded(c.mb, c.cpu, c.wall, c.scheduled); kind != c.kind || text != c.text {
			t.Errorf("%s: got %q, %q", name, kind, text)
		}
	}
}

// The words are Go's own and may change with it.
func TestWhatVirtualTimePanicsWith(t *testing.T) {
	for want, f := range map[string]func(*testing.T){
		wire.Deadlock: func(*testing.T) { <-make(chan int) },
		wire.Leak:     func(*testing.T) { go func() { <-make(chan int) }() },
	} {
		t.Run(want, func(t *testing.T) {
			defer func() {
				if value := recover(); kindOf(fmt.Sprint(value)) != want {
					t.Errorf("it is told by %v", value)
				}
			}()
			synctest.Test(t, f)
		})
	}
	if got := kindOf("a bit flipped"); got != wire.Panic {
		t.Errorf("any other panic is a %s", got)
	}
}

// Memory that is used up must be given back as ever once there is garbage.
func TestTheFirstCollectionBringsTheUsualBack(*testing.T) {
	runtime.GC()
	now := []metrics.Sample{{Name: "/gc/gogc:percent"}}
	for ; now[0].Value.Kind() != metrics.KindUint64 || now[0].Value.Uint64() != 100; metrics.Read(now) {
		runtime.Gosched() // or go test says that it hangs here
	}
}
