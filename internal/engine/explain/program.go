// Package explain says in words what was found of a program: it reads what the race
// detector and the runtime print and what the judge reports, and tells it by the
// program's own lines. It runs nothing.
package explain

import "time"

// Program is what has to be known of a program to tell what was found of it.
type Program struct {
	Package   string // its import path
	Schedule  string // the import path of package schedule in it
	Unwritten string // with which a function panics that is not written yet; "": with nothing of the kind

	// Limits that it may have used up.
	CPU, Wall time.Duration
	MemoryMB  int

	// Line names a line as its reader finds it, "line 4 of Add (sum++)", and says
	// whether it is one of the program's at all. file is as compilers and stacks
	// have it.
	Line func(file string, line int) (place string, ok bool)
}
