package processes

import (
	"os"
	"testing"

	"golang.org/x/sys/unix"
)

// Whoever kills a group by its number must know that the number is still the group's:
// that its leader has ended, and has not been forgotten yet.
func TestNumberIsKeptUntilTheGroupIsKilled(t *testing.T) {
	p, err := os.StartProcess("/proc/self/exe", []string{"exe", "-test.run=^$"}, &os.ProcAttr{Sys: attributes()})
	if err != nil {
		t.Fatal(err)
	}
	called := false
	state, err := waitFor(p, func() {
		called = true
		var info unix.Siginfo
		if err := unix.Waitid(unix.P_PID, p.Pid, &info, unix.WEXITED|unix.WNOHANG|unix.WNOWAIT, nil); err != nil || info.Signo == 0 {
			t.Errorf("the process has been forgotten, or has not ended: %v, signal %d", err, info.Signo)
		}
	})
	if err != nil || !called {
		t.Error(state, err, called)
	}
	if err := unix.Kill(p.Pid, 0); err != unix.ESRCH {
		t.Error("the process was not waited for:", err)
	}
}
