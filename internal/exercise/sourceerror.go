package exercise

import "fmt"

// Kind says what is wrong with a learner's source.
type Kind string

// Why there is no program to judge.
const (
	Broken     Kind = "broken"     // Go cannot read it
	Missing    Kind = "missing"    // an entry declaration is not there
	Unrun      Kind = "unrun"      // the kernel has not run an entry declaration
	Banned     Kind = "banned"     // it holds what no program may
	Unreadable Kind = "unreadable" // it is not a notebook or text at all
	Twice      Kind = "twice"      // there are two answers
)

// SourceError is a learner's source out of which no program can be taken. Its
// message is for the learner.
type SourceError struct {
	Kind    Kind
	Unit    string // as At calls it; "" when it is about all of it
	Line    int    // 0 when unknown
	Column  int
	Message string
}

// Error puts the place in front, as "line 3 of your answer: …".
func (e *SourceError) Error() string {
	switch {
	case e.Unit == "":
		return e.Message
	case e.Line == 0:
		return e.Unit + ": " + e.Message
	}
	return At(e.Unit, e.Line) + ": " + e.Message
}

// At names a line, counted from 1, of a learner's source. A unit is a declaration
// ("DownloadAll", "Counter.Add"), a cell in words, or a file: a cell's number would
// be taken for that of its prompt.
func At(unit string, line int) string { return fmt.Sprintf("line %d of %s", line, unit) }
