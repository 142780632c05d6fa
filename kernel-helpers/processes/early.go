package processes

import (
	"bytes"
	"os"

	"golang.org/x/sys/unix"
)

// What initialisers print has been seen when the parent ran them, so a child prints
// nowhere until its function begins. Its stderr is a file until then, in case it
// never does: to nobody's eyes, and without waking the parent.

// maxEarly is how much of that file is told, in bytes.
const maxEarly = 64 << 10

// begun is what the file holds once the function begins.
var begun = []byte{0}

// beginOutput lets this child print.
func beginOutput() error {
	if err := replaceFile(unix.Stdout, stdoutFD); err != nil {
		return err // and leave alone what stderr may be
	}
	if err := unix.Ftruncate(unix.Stderr, 0); err != nil {
		return err
	}
	if _, err := unix.Pwrite(unix.Stderr, begun, 0); err != nil {
		return err
	}
	return replaceFile(unix.Stderr, stderrFD)
}

// saidEarly returns what a child has said on stderr if its function never began, or
// else "".
func saidEarly(f *os.File) string {
	said := make([]byte, maxEarly)
	var from int64
	if info, err := f.Stat(); err == nil {
		from = max(0, info.Size()-maxEarly)
	}
	n, _ := f.ReadAt(said, from)
	if said = said[:n]; bytes.Equal(said, begun) {
		return ""
	}
	if said = bytes.TrimSpace(said); len(said) == 0 {
		return "main did not come to its flag.Parse"
	}
	return string(said)
}
