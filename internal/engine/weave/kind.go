package weave

import "go/ast"

// Kind is what a loop goes over, as far as it matters to a schedule.
type Kind int

const (
	Unknown Kind = iota
	Map          // whose order the schedule chooses
	Stream       // a channel or a function, which may wait for another goroutine
	Values       // all else: it touches nobody
)

// mayWait reports whether a round may begin only when another goroutine lets it. What is
// unknown counts; what is not must not, or a long computation had more steps than it may.
func (k Kind) mayWait() bool { return k == Stream || k == Unknown }

// over returns what a loop goes over.
func (w *weaver) over(e ast.Expr) Kind {
	if w.Over != nil {
		if kind := w.Over(e); kind != Unknown {
			return kind
		}
	}
	return w.methods.over(e)
}
