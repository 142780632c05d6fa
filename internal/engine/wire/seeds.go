package wire

import (
	"encoding/binary"
	"errors"
	"io"
	"os"
	"syscall"
)

// Seeds holds the seed of each check's last schedule, in the order in which they run. It
// is a file that the engine reads when the program has ended, and memory to the program:
// a schedule takes some 50 µs, and to tell of each by a system call would add a tenth. A
// race or a crash leaves no time to tell at the end.
type Seeds struct{ cells []byte }

// CreateSeeds returns a file for Seeds, in dir, that is gone when nobody has it open.
func CreateSeeds(dir string) (*os.File, error) {
	file, err := os.CreateTemp(dir, "seeds-")
	if err != nil {
		return nil, err
	}
	if err := errors.Join(os.Remove(file.Name()), file.Truncate(callsAt+int64(len(Calls{})))); err != nil {
		file.Close()
		return nil, err
	}
	return file, nil
}

// OpenSeeds maps the file that CreateSeeds made, SeedsFile in a program that is judged.
func OpenSeeds(fd uintptr) (Seeds, error) {
	cells, err := syscall.Mmap(int(fd), 0, mostSeeds*cellSize, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_SHARED)
	return Seeds{cells}, os.NewSyscallError("mmap", err)
}

// Put notes that the n-th check, of the first 65,536, begins a schedule.
func (s Seeds) Put(n int, seed uint64) {
	if n >= mostSeeds {
		return
	}
	binary.LittleEndian.PutUint64(s.cells[n*cellSize:], seed+1)
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

// mostSeeds is for how many checks there is room, which takes none until it is used.
const mostSeeds = 1 << 16
