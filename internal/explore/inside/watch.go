package inside

import (
	"fmt"
	"runtime/metrics"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/interleave-lab/interleave/internal/engine/schedule"
	"github.com/interleave-lab/interleave/internal/engine/stack"
	"github.com/interleave-lab/interleave/internal/engine/wire"
	"github.com/interleave-lab/interleave/internal/explore/order"
)

const (
	// look is the real time between two looks at the program.
	look = 200 * time.Millisecond
	// still looks in a row that find nothing that moves, and something that virtual
	// time does not wait for, are a verdict. A goroutine that only lacks a processor
	// can run, so that load does not matter.
	still = 15
)

// watch is what the guard knows of the run.
type watch struct {
	cpuThen  atomic.Int64
	entered  atomic.Bool
	returned atomic.Bool // the subject has
}

func (w *watch) begin() {
	w.entered.Store(false)
	w.returned.Store(false)
	w.cpuThen.Store(int64(cpuTime()))

}

func (w *watch) enter() { w.entered.Store(true) }
func (w *watch) end()   { w.entered.Store(false) }

// guard ends hopeless runs, looking on from outside of virtual time: one that
// computes or takes memory without an end, and one in which virtual time stands
// still because something real is waited for.
func (e *explored) guard() {
	before, same := "", 0
	for ; ; time.Sleep(look) {
		if !e.watch.entered.Load() {
			same = 0
			continue
		}
		if heldMB() > e.MemoryMB {
			e.end(wire.Event{Kind: wire.Memory})
		}
		if cpuTime()-time.Duration(e.watch.cpuThen.Load()) > e.CPU {
			e.end(wire.Event{Kind: wire.Timeout, Text: "processor", Stack: schedule.Dump()})
		}
		dump := schedule.Dump()
		now, stands := standstill(dump)
		if !stands || now != before {
			before, same = now, 0
			continue
		}
		if same++; same >= still {
			e.end(wire.Event{Kind: order.Outside, Stack: dump})
		}
	}
}

// standstill returns what the goroutines of the bubble wait for, and whether virtual
// time stands still: nothing can run, and something waits for what is outside.
func standstill(dump string) (waits string, stands bool) {
	var all []string
	for _, g := range stack.Parse(dump) {
		switch {
		case g.Bubble == "":
			continue
		case g.State == "running" || g.State == "runnable":
			return "", false
		case !g.Durable:
			stands = true
		}
		all = append(all, fmt.Sprint(g.ID, " ", g.State))
	}
	return strings.Join(all, "\n"), stands
}

func cpuTime() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// heldMB is what the heap holds, in MB.
func heldMB() int {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return int(sample[0].Value.Uint64() >> 20)
}
