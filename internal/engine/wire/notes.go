package wire

import (
	"encoding/binary"
	"errors"
	"io"
	"os"
	"syscall"
)

// Notes are what a program notes while it is judged: the seed of each check's last
// schedule, in the order in which they run, and whether the answer was called. They are a
// file that the engine reads when the program has ended, and memory to the program: a
// schedule takes some 50 µs, and to tell of each by a system call would add a tenth. A
// race or a crash leaves no time to tell at the end.
type Notes struct{ memory []byte }

// CreateNotes returns a file for Notes, in dir, that is gone when nobody has it open.
func CreateNotes(dir string) (*os.File, error) {
	file, err := os.CreateTemp(dir, "notes-")
	if err != nil {
		return nil, err
	}
	if err := errors.Join(os.Remove(file.Name()), file.Truncate(int64(notesSize))); err != nil {
		file.Close()
		return nil, err
	}
	return file, nil
}

// OpenNotes maps the file that CreateNotes made, NotesFile in a program that is judged. A
// file of another size is another version's, and to write into its memory would end the
// program.
func OpenNotes(fd uintptr) (Notes, error) {
	var stat syscall.Stat_t
	if err := syscall.Fstat(int(fd), &stat); err != nil {
		return Notes{}, os.NewSyscallError("fstat", err)
	}
	if stat.Size != int64(notesSize) {
		return Notes{}, errors.New("the interleave command is older than the course: build it with make setup")
	}
	memory, err := syscall.Mmap(int(fd), 0, notesSize, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_SHARED)
	return Notes{memory}, os.NewSyscallError("mmap", err)
}

// Seed notes that the check with this number, of the first 65,536, begins a schedule.
func (n Notes) Seed(check int, seed uint64) {
	if check < mostSeeds {
		binary.LittleEndian.PutUint64(n.memory[check*cellSize:], seed+1)
	}
}

// Calls is where it is noted whether the answer was called.
func (n Notes) Calls() *Calls { return (*Calls)(n.memory[callsAt:]) }

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

// The Calls stand behind the seeds.
const (
	callsAt   = mostSeeds * cellSize
	notesSize = callsAt + len(Calls{})
)
