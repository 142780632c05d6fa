package timeline

import (
	"runtime/metrics"
	"strings"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/standstill"
)

// quiet reports whether no goroutine but the caller's runs, or could: some may be in
// system calls. It is cheap, and may be wrong.
func quiet() bool {
	now := []metrics.Sample{
		{Name: "/sched/goroutines/running:goroutines"},
		{Name: "/sched/goroutines/runnable:goroutines"},
	}
	metrics.Read(now)
	return now[0].Value.Uint64() <= 1 && now[1].Value.Uint64() == 0
}

// inSystemForChildren looks at the goroutines that are in system calls and returns how
// many child processes they wait for. It reports false if one of them does anything
// else there but wait for a child or for what processes share.
func inSystemForChildren() (children int, ok bool) {
	dump, whole := standstill.Stacks()
	if !whole {
		return 0, false
	}
	return inSystemIn(dump)
}

// inSystemIn is [inSystemForChildren] for a dump of all stacks.
func inSystemIn(dump string) (children int, ok bool) {
	for stack := range strings.SplitSeq(dump, "\n\n") {
		// goroutine 7 [syscall, 2 minutes]:
		head, _, _ := strings.Cut(stack, "\n")
		switch {
		case !strings.Contains(head, " [syscall"):
		case !strings.Contains(stack, "/kernel-helpers/processes."):
			return 0, false
		case strings.Contains(stack, "os.(*Process).Wait("):
			children++
		}
	}
	return children, true
}
