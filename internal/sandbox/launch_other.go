//go:build unix && !linux

package sandbox

import (
	"fmt"
	"os"
	"syscall"
)

func ownPath() string {
	path, err := os.Executable()
	if err != nil {
		return os.Args[0]
	}
	return path
}

const firstUser = 0

func nextUser() int { return firstUser }

func (b *Box) isolate(*syscall.SysProcAttr, int) {}

// confine bounds what the system can bound here, which is no confinement.
func (p plan) confine() (names, error) {
	if p.Tier != None {
		return names{}, fmt.Errorf("this system has no sandbox %q", p.Tier)
	}
	return names{p.Program, p.Dir}, p.Limits.setLimits()
}
