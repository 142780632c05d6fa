//go:build unix && !linux

package processes

import (
	"os"

	"golang.org/x/sys/unix"
)

// rosterFile returns a file that takes the place of Linux's roster among what a
// child is given.
func rosterFile() (*os.File, error) { return nil, nil }

// self returns the identity of this process: its number. In principle it may one
// day be another's.
func self() (identity, error) { return identity(os.Getpid()), nil }

// lives reports whether a process still runs.
func lives(id identity) bool { return unix.Kill(int(id), 0) != unix.ESRCH }
