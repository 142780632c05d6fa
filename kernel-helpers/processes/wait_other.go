//go:build unix && !linux

package processes

import "os"

// waitFor waits for the end of p, and calls ended. The system then no longer keeps
// p's number for it. Should another process have been given the number at once, and
// lead a group, ended would take that one for p's.
func waitFor(p *os.Process, ended func()) (*os.ProcessState, error) {
	state, err := p.Wait()
	if err == nil {
		ended()
	}
	return state, err
}
