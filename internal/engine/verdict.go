package engine

import "github.com/interleave-lab/interleave/internal/engine/explain"

// Verdict is the judgement on a program or on one check.
type Verdict = explain.Verdict

// All verdicts; package explain says what they mean.
const (
	Passed       = explain.Passed
	Failed       = explain.Failed
	Inconclusive = explain.Inconclusive
	Timeout      = explain.Timeout
	Panic        = explain.Panic
	Leak         = explain.Leak
	Deadlock     = explain.Deadlock
	Race         = explain.Race
	NotRunYet    = explain.NotRunYet
	CompileError = explain.CompileError
	Rejected     = explain.Rejected
	GraderFault  = explain.GraderFault
	NotRun       = explain.NotRun
)

// Report is the judgement on one program.
type Report struct {
	Exercise  string   `json:"exercise"`
	Title     string   `json:"title"`
	Verdict   Verdict  `json:"verdict"`
	Message   string   `json:"message"` // one or more sentences for the learner
	Points    float64  `json:"points"`
	MaxPoints int      `json:"max_points"`
	Checks    []Result `json:"checks"`
	Notes     []string `json:"notes,omitempty"`   // which version was judged, what was left out
	Output    string   `json:"output,omitempty"`  // what the program printed, its middle left out when long
	Replay    *Replay  `json:"replay,omitempty"`  // of the first check that failed under a schedule
	Sandbox   string   `json:"sandbox,omitempty"` // the tier in which the program ran
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
// A verdict's cap is the greatest share of the points that it leaves; a check that is at
// fault itself lifts none.
func (r *Report) conclude(caps map[string]float64) {
	r.Verdict = Passed
	sum, learners := 0, Passed
	for _, c := range r.Checks {
		if c.Verdict == Passed {
			sum += c.MaxPoints
			continue
		}
		if c.Verdict.Worse(r.Verdict) {
			r.Verdict, r.Message = c.Verdict, c.Sentence+": "+c.Message
		}
		if c.Verdict != GraderFault && c.Verdict.Worse(learners) {
			learners = c.Verdict
		}
	}
	r.Points = float64(sum)
	if share, ok := caps[string(learners)]; ok {
		r.Points = min(r.Points, share*float64(r.MaxPoints))
	}
}
