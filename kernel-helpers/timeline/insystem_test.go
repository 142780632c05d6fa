package timeline

import (
	"strings"
	"testing"
)

func TestWhoIsInTheSystemForAChild(t *testing.T) {
	const (
		watchdog = "goroutine 9 [running]:\nx.(*watchdog).watch()"
		waits    = "goroutine 7 [syscall, 2 minutes]:\nsyscall.wait6()\nos.(*Process).Wait(...)\ngithub.com/interleave-lab/interleave/kernel-helpers/processes.(*child).reap()"
		queues   = "goroutine 8 [syscall]:\nsyscall.Syscall6()\ngithub.com/interleave-lab/interleave/kernel-helpers/processes.futexWait()"
		reads    = "goroutine 3 [syscall]:\nsyscall.read()\nmain.main()"
		blocked  = "goroutine 1 [chan receive]:\nmain.main()"
	)
	for _, c := range []struct {
		stacks   []string
		children int
		ok       bool
	}{
		{[]string{watchdog, blocked}, 0, true},
		{[]string{watchdog, blocked, waits, waits}, 2, true},
		{[]string{watchdog, waits, queues}, 1, true},
		{[]string{watchdog, waits, reads}, 0, false},
	} {
		if children, ok := inSystemIn(strings.Join(c.stacks, "\n\n")); children != c.children || ok != c.ok {
			t.Errorf("%d children, %v, want %d, %v of:\n%s", children, ok, c.children, c.ok, strings.Join(c.stacks, "\n\n"))
		}
	}
}
