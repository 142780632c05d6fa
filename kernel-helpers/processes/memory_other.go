//go:build unix && !linux

package processes

import "os"

// mapsHoles: not every file system likes a file of terabytes.
const mapsHoles = false

const mapAtOnce = 0

// unnamedFile returns a temporary file that has no name any more.
func unnamedFile() (*os.File, error) {
	f, err := os.CreateTemp("", "shared")
	if err != nil {
		return nil, err
	}
	return f, os.Remove(f.Name())
}

// forget does nothing: what is written there next overwrites the last.
func forget(file, int64, int64) {}
