package processes

import (
	"os"

	"golang.org/x/sys/unix"
)

// waitFor waits for the end of p. In between it calls ended, while p's number, and so
// that of the group that it leads, is not yet given to anybody else.
func waitFor(p *os.Process, ended func()) (*os.ProcessState, error) {
	_, err := uninterrupted(func() (int, error) {
		return 0, unix.Waitid(unix.P_PID, p.Pid, nil, unix.WEXITED|unix.WNOWAIT, nil)
	})
	if err == nil {
		ended()
	}
	return p.Wait()
}
