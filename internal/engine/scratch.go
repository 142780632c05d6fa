package engine

import (
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sys/unix"
)

// scratchName is the pattern of the folders in which programs are judged.
const scratchName = "interleave-judge-*"

// newScratch makes a temporary folder, which remove removes. It is locked until
// then. A process that is killed leaves its folder behind, without the lock: so
// it is known, and removed here by the next.
func newScratch() (dir string, remove func(), err error) {
	sweep()
	dir, err = os.MkdirTemp("", scratchName)
	if err != nil {
		return "", nil, err
	}
	lock, err := lockFolder(dir)
	if err != nil {
		os.RemoveAll(dir)
		return "", nil, err
	}
	return dir, func() {
		os.RemoveAll(dir)
		lock.Close()
	}, nil
}

// sweep removes what processes that were killed have left. A folder may be older
// than its lock, but not for long.
func sweep() {
	const young = time.Minute
	found, _ := filepath.Glob(filepath.Join(os.TempDir(), scratchName))
	for _, dir := range found {
		info, err := os.Lstat(dir)
		if err != nil || !info.IsDir() || time.Since(info.ModTime()) < young {
			continue
		}
		if lock, err := lockFolder(dir); err == nil { // nobody's, and ours to remove
			os.RemoveAll(dir)
			lock.Close()
		}
	}
}

// lockFolder locks a folder until the file is closed or the process ends. It is
// an error if another has it.
func lockFolder(dir string) (*os.File, error) {
	f, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		f.Close()
		return nil, os.NewSyscallError("flock", err)
	}
	return f, nil
}
