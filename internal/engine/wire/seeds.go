package wire

import (
	"encoding/binary"
	"io"
	"os"
)

// Seeds is a file that holds the seed of each check's last schedule, in the order in
// which they ran. A schedule takes some 50 µs: telling of each by the pipe would take as
// long again, and a race or a crash leaves no time
// to tell at the end.
type Seeds struct{ File io.WriterAt }

// CreateSeeds returns an empty file for Seeds, in dir, that is gone when nobody has it open.
func CreateSeeds(dir string) (*os.File, error) {
	file, err := os.CreateTemp(dir, "seeds-")
	if err != nil {
		return nil, err
	}
	return file, os.Remove(file.Name())
}

// Put notes that the n-th check begins a schedule.
func (s Seeds) Put(n int, seed uint64) error {
	var cell [cellSize]byte
	binary.LittleEndian.PutUint64(cell[:], seed+1)
	_, err := s.File.WriteAt(cell[:], int64(n*cellSize))
	return err
}

// ReadSeeds returns the last seed of each of the checks that had a schedule.
func ReadSeeds(file io.ReaderAt, checks []string) (map[string]uint64, error) {
	seeds := map[string]uint64{}
	for n, check := range checks {
		var cell [cellSize]byte
		if _, err := file.ReadAt(cell[:], int64(n*cellSize)); err == io.EOF {
			break
		} else if err != nil {
			return nil, err
		}
		if seed := binary.LittleEndian.Uint64(cell[:]); seed > 0 {
			seeds[check] = seed - 1
		}
	}
	return seeds, nil
}

// cellSize is how many bytes each check has. All zero: it had no schedule.
const cellSize = 8
