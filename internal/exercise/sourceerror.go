package exercise

import "fmt"

// Kind says what is wrong with a learner's source.
type Kind string

// Why there is no program to judge.
const (
	Broken     Kind = "broken"     // Go cannot read it
	Missing    Kind = "missing"    // an entry declaration is not there
	Banned     Kind = "banned"     // it holds what no program may
	Unreadable Kind = "unreadable" // it is not a notebook or text at all
)

// SourceError is a learner's source out of which no program can be taken. Its
// message is for the learner.
type SourceError struct {
	Kind    Kind
	Unit    string // "cell 7", "main.go"; "" when it is about all of it
	Line    int    // 0 when unknown
	Column  int
	Message string
}

// Error puts the place in front, as "cell 7, line 3: …".
func (e *SourceError) Error() string {
	switch {
	case e.Unit == "":
		return e.Message
	case e.Line == 0:
		return e.Unit + ": " + e.Message
	}
	return fmt.Sprintf("%s, line %d: %s", e.Unit, e.Line, e.Message)
}
