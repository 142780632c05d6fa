// Package explain says in words what was found of a program: it reads what the race
// detector and the runtime print and what the judge reports, and tells it by the
// program's own lines. It runs nothing.
package explain

import (
	"fmt"
	"time"

	"github.com/interleave-lab/interleave/internal/engine/wire"
)

// Program is what has to be known of a program to tell what was found of it.
type Program struct {
	Package   string      // its import path
	Checks    []string    // import paths of the checks' packages, and of those below them; nil: there are none
	Called    wire.Called // whether anything of it had run when a check ended badly
	Schedule  string      // the import path of package schedule in it
	Root      string      // who a run's goroutine 0 is
	Unwritten string      // with which a function panics that is not written yet; "": with nothing of the kind

	// Limits that it may have used up.
	CPU, Wall time.Duration
	MemoryMB  int

	// Line names a line as its reader finds it, "line 4 of Add (sum++)", and says
	// whether it is one of the program's at all. file is as compilers and stacks
	// have it.
	Line func(file string, line int) (place string, ok bool)
}

// Check is who the first goroutine of a check's run is.
const Check = "the check"

// Goroutine is what a goroutine of a run is called wherever it is told of: root, or "G2".
func Goroutine(id int32, root string) string {
	if id == 0 {
		return root
	}
	return fmt.Sprintf("G%d", id)
}
