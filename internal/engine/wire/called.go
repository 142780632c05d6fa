package wire

import "io"

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

// ReadCalled returns what was noted of it in a file of Notes.
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
