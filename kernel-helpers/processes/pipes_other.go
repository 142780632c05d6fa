//go:build unix && !linux

package processes

import (
	"fmt"
	"os"
)

const fionread = 0x4004667f // FIONREAD, the same on every BSD

// unnamedFile returns a temporary file that has no name any more.
func unnamedFile() (*os.File, error) {
	f, err := os.CreateTemp("", "queue")
	if err != nil {
		return nil, err
	}
	return f, os.Remove(f.Name())
}

// makeRoom reports whether a pipe holds size bytes; it cannot be made larger.
func makeRoom(_ *os.File, size int) error {
	if size > pipeSize {
		return fmt.Errorf("a queue of so many values needs Linux: here it holds at most %d", pipeSize/recordSize-spareRecords)
	}
	return nil
}

// forget does nothing: the next value in the slot overwrites the last.
func forget(*os.File, int64, int64) {}
