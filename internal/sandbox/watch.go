package sandbox

import (
	"context"
	"fmt"
	"io/fs"
	"path/filepath"
	"syscall"
	"time"
)

// look is how long the watch rests between two looks.
const look = 25 * time.Millisecond

// Bound names what a program had too much of.
type Bound string

// What Watch looks at.
const (
	Memory  Bound = "memory"
	Threads Bound = "threads"
	Disk    Bound = "disk"
)

// Watch ends a program, which runs with process number pid in dir, when it exceeds
// its limits, and says which; when ctx ends; and when over is closed, with what is
// left of it. It returns then.
//
// The engine's judge, in the program, sees to memory and time more finely, so the
// watch leaves it some room. But no program can get at the watch, and it sees child
// processes.
func (b *Box) Watch(ctx context.Context, over <-chan struct{}, pid int, dir string, l Limits) Bound {
	defer b.End(pid, l)
	ticks := time.NewTicker(look)
	defer ticks.Stop()
	for {
		select {
		case <-over:
			return ""
		case <-ctx.Done():
			return ""
		case <-ticks.C:
			if bound := exceeded(pid, dir, l); bound != "" {
				return bound
			}
		}
	}
}

func exceeded(pid int, dir string, l Limits) Bound {
	now := inUse(pid, l.Processes > 0)
	switch {
	case now.memoryMB > l.MemoryMB+l.MemoryMB/4+roomMB:
		return Memory
	case now.threads > l.threads():
		return Threads
	case !fits(dir, int64(l.DiskMB)<<20):
		return Disk
	}
	return ""
}

// roomMB is memory beyond the limit that a judge may need for what it tells.
const roomMB = 32

// Say puts a bound that was exceeded in words.
func (b Bound) Say(l Limits) string {
	switch b {
	case Memory:
		return fmt.Sprintf("The program held more than %d MB of memory and was stopped.", l.MemoryMB)
	case Threads:
		return "The program started more threads or processes than it may have, and was stopped."
	case Disk:
		return fmt.Sprintf("The program wrote more than %d MB and was stopped.", l.DiskMB)
	}
	return ""
}

// usage is what a program and its children have now.
type usage struct{ memoryMB, threads int }

// fits reports whether what a folder holds takes no more than so many bytes.
func fits(dir string, most int64) bool {
	const entry = 4 << 10 // what a name takes
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return nil // it is gone
		}
		most -= entry
		if info, err := d.Info(); err == nil {
			if stat, ok := info.Sys().(*syscall.Stat_t); ok {
				most -= stat.Blocks * 512
			}
		}
		if most < 0 {
			return fs.ErrInvalid
		}
		return nil
	})
	return err == nil
}

// End ends all processes of a program whose first one has, or had, the number pid.
func (b *Box) End(pid int, l Limits) {
	_ = syscall.Kill(-pid, syscall.SIGKILL)
	if b.Tier != Namespaces && l.Processes > 0 {
		endSession(pid)
	}
}
