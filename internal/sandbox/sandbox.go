// Package sandbox runs a program that nobody trusts: a learner's answer, linked
// into a binary of the engine's that was built with the race detector.
//
// What such a program may do is the same in every tier but the last: read and write
// the one folder that it runs in, read /proc and the files that the system loads it
// from; start threads, and child processes if its limits say so; talk to these
// through pipes, socket pairs and shared memory. It has no network, no other files,
// no signals for others, and a bounded share of the machine. docs/grading.md says
// which tier promises what.
//
// The running executable starts itself again as the launcher: that process confines
// itself and then becomes the program. Every executable that imports this package
// can do so; there is nothing to call in main.
//
// Use it for whole programs that were built for it. It is none for shells,
// interpreters or anything else that loads files as it goes.
package sandbox

import (
	"fmt"
	"runtime"
	"time"
)

// Tier says by what a program is confined.
type Tier string

// The tiers, the strongest first.
const (
	// Namespaces of its own: the program sees no other process, file or network. A
	// filter of system calls stands in front of them.
	Namespaces Tier = "namespaces"
	// Landlock keeps it from other files and the same filter from the rest, for
	// where namespaces are refused, as in most containers.
	Landlock Tier = "landlock"
	// None bounds time, memory and processes, and nothing else.
	None Tier = "none"
)

// Auto, in the place of a tier's name, asks for the strongest that holds.
const Auto = "auto"

// Variable is the environment variable that names the tier where no flag does.
const Variable = "INTERLEAVE_SANDBOX"

// Parse returns the tier of that name; of Auto and of "", the empty tier.
func Parse(name string) (Tier, error) {
	switch t := Tier(name); t {
	case "", Auto:
		return "", nil
	case Namespaces, Landlock, None:
		return t, nil
	}
	return "", fmt.Errorf("there is no sandbox %q: choose auto, namespaces, landlock or none", name)
}

// Limits bound one run of a program.
type Limits struct {
	CPU       time.Duration // processor time of each of its processes
	MemoryMB  int           // what all its processes hold together
	Processes int           // how many child processes may live at once; 0: none can be started
	Threads   int           // what all its processes have together; 0: what Go needs for them
	DiskMB    int           // what its folder holds
}

// threads is how many threads all processes may have together. Go starts a few, and
// one for each processor and for each goroutine that waits in the system.
func (l Limits) threads() int {
	if l.Threads > 0 {
		return l.Threads
	}
	return (1 + l.Processes) * (2*runtime.NumCPU() + 60)
}
