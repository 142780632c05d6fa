// Package proof shows that an exercise judges as it should: its stub fails, correct
// programs pass, and each mistake is found and told.
package proof

import (
	"context"
	"fmt"
	"strings"

	"github.com/interleave-lab/interleave/internal/engine"
	"github.com/interleave-lab/interleave/internal/exercise"
)

// Finding is what one program of an exercise showed.
type Finding struct {
	Program string         `json:"program"` // "stub", "solution", "alternatives/channel", "mutants/append"
	Verdict engine.Verdict `json:"verdict"`
	Wrong   string         `json:"wrong,omitempty"` // what is not as it should be; "": nothing
}

// leastMutants is how many plausible mistakes an exercise must know.
const leastMutants = 3

// Exercise judges all programs of an exercise by all checks, correct ones runs times,
// and tells each finding as it comes. What keeps programs from being judged is an error.
func Exercise(ctx context.Context, e *engine.Engine, ex *exercise.Exercise, runs int, tell func(Finding)) error {
	solution, err := ex.Solution.Source()
	if err != nil {
		return err
	}
	stub, err := exercise.Stub(solution)
	if err != nil {
		return err
	}
	others, err := ex.Solution.Alternatives()
	if err != nil {
		return err
	}
	mutants, err := ex.Solution.Mutants()
	if err != nil {
		return err
	}
	judge := func(source []byte) *engine.Report {
		p, err := ex.FromFile("answer.go", source)
		if err != nil {
			return e.Refuse(ex, err, engine.All)
		}
		return e.Judge(ctx, ex, p, engine.All)
	}
	tell(unwritten(judge(stub)))
	tell(correct("solution", judge, solution, runs))
	for _, other := range others {
		tell(correct("alternatives/"+other.Name, judge, other.Source, runs))
	}
	if len(others) == 0 {
		tell(Finding{Program: "alternatives", Wrong: "there is none: a second correct program, written differently, shows that the checks do not ask for the words of the first"})
	}
	for _, m := range mutants {
		tell(mistaken(judge(m.Source), m))
	}
	if len(mutants) < leastMutants {
		tell(Finding{Program: "mutants", Wrong: fmt.Sprintf("there are %d: %d plausible mistakes are the least", len(mutants), leastMutants)})
	}
	return ctx.Err()
}

func unwritten(r *engine.Report) Finding {
	f := Finding{Program: "stub", Verdict: r.Verdict}
	if r.Verdict != engine.Failed || r.Points != 0 {
		f.Wrong = fmt.Sprintf("what a learner begins with must compile, fail and earn nothing; it is judged %s, %v points: %s", r.Verdict, r.Points, r.Message)
	}
	return f
}

func correct(name string, judge func([]byte) *engine.Report, source []byte, runs int) Finding {
	f := Finding{Program: name, Verdict: engine.Passed}
	for run := 1; run <= runs; run++ {
		if r := judge(source); r.Verdict != engine.Passed {
			f.Verdict, f.Wrong = r.Verdict, fmt.Sprintf("it is correct, and run %d is judged %s: %s", run, r.Verdict, r.Message)
			return f
		}
	}
	return f
}

func mistaken(r *engine.Report, m exercise.Mutant) Finding {
	f := Finding{Program: "mutants/" + m.Name, Verdict: r.Verdict}
	for _, c := range r.Checks {
		if c.Name != m.Check {
			continue
		}
		switch {
		case string(c.Verdict) != m.Verdict:
			f.Wrong = fmt.Sprintf("%s should find %s, and finds %s: %s", m.Check, m.Verdict, c.Verdict, c.Message)
		case !strings.Contains(c.Message, m.Says):
			f.Wrong = fmt.Sprintf("%s should say %q, and says: %s", m.Check, m.Says, c.Message)
		case r.Points >= float64(r.MaxPoints):
			f.Wrong = "it earns all points"
		}
		return f
	}
	if r.Verdict == engine.CompileError || r.Verdict == engine.Rejected || r.Verdict == engine.GraderFault {
		f.Wrong = r.Message
	} else {
		f.Wrong = fmt.Sprintf("there is no check %s", m.Check)
	}
	return f
}
