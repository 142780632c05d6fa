// Package project finds the clone of the course that the command belongs to.
package project

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
)

const module = "github.com/interleave-lab/interleave"

// Root returns the absolute path of the course's folder: $INTERLEAVE_ROOT
// when it is set, else the nearest folder above the running binary (which
// lives in bin/), else the nearest one above the working directory, that
// holds this module's go.mod.
func Root() (string, error) {
	if dir := os.Getenv("INTERLEAVE_ROOT"); dir != "" {
		if !isRoot(dir) {
			return "", errors.New("INTERLEAVE_ROOT=" + dir + " does not hold the course's go.mod: point it at the clone, or unset it")
		}
		return filepath.Abs(dir)
	}
	var starts []string
	if exe, err := os.Executable(); err == nil {
		if real, err := filepath.EvalSymlinks(exe); err == nil {
			exe = real
		}
		starts = append(starts, filepath.Dir(exe))
	}
	if wd, err := os.Getwd(); err == nil {
		starts = append(starts, wd)
	}
	for _, dir := range starts {
		for {
			if isRoot(dir) {
				return dir, nil
			}
			parent := filepath.Dir(dir)
			if parent == dir {
				break
			}
			dir = parent
		}
	}
	return "", errors.New("not inside a clone of the course: run from the clone, or set INTERLEAVE_ROOT to it")
}

func isRoot(dir string) bool {
	text, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	if err != nil {
		return false
	}
	line, _, _ := bytes.Cut(text, []byte("\n"))
	return string(bytes.TrimSpace(line)) == "module "+module
}
