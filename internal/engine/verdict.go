package engine

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

// worse reports whether v is a worse judgement than w.
func (v Verdict) worse(w Verdict) bool { return slices.Index(order, v) > slices.Index(order, w) }

// Report is the judgement on one program.
type Report struct {
	Exercise  string   `json:"exercise"`
	Title     string   `json:"title"`
	Verdict   Verdict  `json:"verdict"`
	Message   string   `json:"message"` // one or more sentences for the learner
	Points    float64  `json:"points"`
	MaxPoints int      `json:"max_points"`
	Checks    []Result `json:"checks"`
	Notes     []string `json:"notes,omitempty"`  // which version was judged, what was left out
	Output    string   `json:"output,omitempty"` // what the program printed, its middle left out when long
	Replay    *Replay  `json:"replay,omitempty"` // of the first check that failed under a schedule
	Seconds   float64  `json:"seconds"`
}

// Result is the judgement on one check.
type Result struct {
	Name      string  `json:"name"`
	Sentence  string  `json:"sentence"`
	Hidden    bool    `json:"hidden,omitempty"`
	Verdict   Verdict `json:"verdict"`
	Message   string  `json:"message,omitempty"` // why it did not pass
	Seed      *uint64 `json:"seed,omitempty"`    // the schedule under which it did not; nil: not run under schedules
	MaxPoints int     `json:"max_points"`
}

// Passed returns how many of the public, or of the hidden, checks passed, and
// how many there are.
func (r *Report) Passed(hidden bool) (passed, all int) {
	for _, c := range r.Checks {
		if c.Hidden == hidden {
			all++
			if c.Verdict == Passed {
				passed++
			}
		}
	}
	return passed, all
}

// conclude takes the program's verdict, message and points from its checks.
// A verdict's cap is the greatest share of the points that it leaves.
func (r *Report) conclude(caps map[string]float64) {
	r.Verdict = Passed
	sum := 0
	for _, c := range r.Checks {
		if c.Verdict == Passed {
			sum += c.MaxPoints
		} else if c.Verdict.worse(r.Verdict) {
			r.Verdict, r.Message = c.Verdict, c.Sentence+": "+c.Message
		}
	}
	r.Points = float64(sum)
	if share, ok := caps[string(r.Verdict)]; ok {
		r.Points = min(r.Points, share*float64(r.MaxPoints))
	}
}
