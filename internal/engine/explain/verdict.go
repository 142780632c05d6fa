package explain

import "slices"

// Verdict is the judgement on a program or on one check.
type Verdict string

// All verdicts, from the best to the worst. A program's is the worst of its
// checks'.
const (
	Passed       Verdict = "passed"
	Failed       Verdict = "failed"
	Inconclusive Verdict = "inconclusive" // neither shown right nor wrong within the limits
	Timeout      Verdict = "timeout"
	Panic        Verdict = "panic"
	Leak         Verdict = "leak"
	Deadlock     Verdict = "deadlock"
	Race         Verdict = "race"
	NotRunYet    Verdict = "not run yet" // the kernel does not know the answer
	CompileError Verdict = "compile error"
	Rejected     Verdict = "rejected"
	GraderFault  Verdict = "grader fault" // never charged to the learner

	// NotRun is of single checks only: one before it left no time.
	NotRun Verdict = "not run"
)

var order = []Verdict{Passed, NotRun, Failed, Inconclusive, Timeout, Panic, Leak, Deadlock, Race, NotRunYet, CompileError, Rejected, GraderFault}

// Worse reports whether v is a worse judgement than w.
func (v Verdict) Worse(w Verdict) bool { return slices.Index(order, v) > slices.Index(order, w) }
