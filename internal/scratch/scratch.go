// Package scratch makes temporary folders that a kill does not leave behind for
// good: a folder is locked while it is in use, and whoever makes the next one of
// its kind removes those that nobody has locked.
package scratch

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// Folder is a temporary folder. Remove ends it.
type Folder struct {
	Path string
	lock *os.File // held while it is open, here or in a process that shares it
}

// New makes a folder whose name begins with kind, such as "interleave-judge-".
// It first removes what processes that were killed have left of this kind;
// before each such folder goes, end is called with its path, if it is not nil.
func New(kind string, end func(dir string)) (*Folder, error) {
	sweep(kind, end)
	dir, err := os.MkdirTemp("", kind)
	if err != nil {
		return nil, err
	}
	lock, err := lockFolder(dir)
	if err != nil {
		os.RemoveAll(dir)
		return nil, err
	}
	return &Folder{dir, lock}, nil
}

// Share lets the folder be in use until cmd's process ends, though this one is
// killed. Call it before cmd starts.
func (f *Folder) Share(cmd *exec.Cmd) { cmd.ExtraFiles = append(cmd.ExtraFiles, f.lock) }

// Remove removes the folder with all that is in it.
func (f *Folder) Remove() error {
	return errors.Join(os.RemoveAll(f.Path), f.lock.Close())
}

// sweep removes folders that nobody uses. A folder may be older than its lock,
// but not for long.
func sweep(kind string, end func(dir string)) {
	const young = time.Minute
	found, _ := os.ReadDir(os.TempDir())
	for _, entry := range found {
		if !entry.IsDir() || !strings.HasPrefix(entry.Name(), kind) {
			continue
		}
		if info, err := entry.Info(); err != nil || time.Since(info.ModTime()) < young {
			continue
		}
		dir := filepath.Join(os.TempDir(), entry.Name())
		lock, err := lockFolder(dir)
		if err != nil {
			continue // in use, or another user's
		}
		if end != nil {
			end(dir)
		}
		os.RemoveAll(dir)
		lock.Close()
	}
}

// lockFolder locks a folder until the file is closed everywhere. It is an error
// if another has it.
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
