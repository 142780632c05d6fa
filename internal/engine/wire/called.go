package wire

import (
	"errors"
	"io"
	"os"
	"syscall"
)

// Called says how far the answer of a learner's was in it when a check ended.
type Called byte

const (
	Maybe  Called = iota // nobody knows
	Never                // nothing of the answer has run in the process
	Before               // none has in this check, and some has in an earlier one
	Now                  // some has since the check began
)

// Calls is what a program notes of that, 1 for yes: whether anything of the answer has run,
// whether it has since the check began, and whether it had before it could be noted.
type Calls [3]byte

// callsAt is where in the file of seeds they stand: in a page of their own, since that is
// mapped, also where pages are large.
const callsAt = mostSeeds * cellSize

// MapCalled maps the Calls in the file that CreateSeeds made: whoever notes them may end
// at any moment. A file that is shorter than that is another version's, and to write into
// its memory would end the program.
func MapCalled(fd uintptr) (*Calls, error) {
	var stat syscall.Stat_t
	if err := syscall.Fstat(int(fd), &stat); err != nil {
		return nil, os.NewSyscallError("fstat", err)
	}
	if stat.Size < callsAt+int64(len(Calls{})) {
		return nil, errors.New("the interleave command is older than the course: build it with make setup")
	}
	page, err := syscall.Mmap(int(fd), callsAt, len(Calls{}), syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_SHARED)
	if err != nil {
		return nil, os.NewSyscallError("mmap", err)
	}
	return (*Calls)(page), nil
}

// ReadCalled returns what was noted in a file of seeds.
func ReadCalled(file io.ReaderAt) Called {
	var noted Calls
	_, err := file.ReadAt(noted[:], callsAt)
	switch {
	case err != nil || noted[2] != 0:
		return Maybe
	case noted[1] != 0:
		return Now
	case noted[0] != 0:
		return Before
	}
	return Never
}
