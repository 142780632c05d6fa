// Package proof shows that an exercise judges as it should: its stub fails, correct
// programs pass, and each mistake is found and told.
package proof

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/interleave-lab/interleave/internal/engine"
	"github.com/interleave-lab/interleave/internal/exercise"
)

// Finding is what one program of an exercise showed.
type Finding struct {
	Program string         `json:"program"` // "stub", "solution", "alternatives/channel", "mutants/append", onceName
	Verdict engine.Verdict `json:"verdict"`
	Says    string         `json:"says,omitempty"`  // of a mutant: what its check says
	Wrong   string         `json:"wrong,omitempty"` // what is not as it should be; "": nothing
}

// leastMutants is how many plausible mistakes an exercise must know.
const leastMutants = 3

// mostAfterRace is the greatest share of the points that a race may leave.
const mostAfterRace = 0.5

// Exercise judges all programs of an exercise by all checks, as a batch, and then runs
// correct ones until each check has run at least runs times, if that is more than once.
// It tells what it finds, in the order of the programs. What keeps programs from being
// judged is an error.
func Exercise(ctx context.Context, e *engine.Engine, ex *exercise.Exercise, runs int, tell func(Finding)) error {
	correct, err := Correct(ex)
	if err != nil {
		return err
	}
	stub, err := exercise.Stub(correct[0].Source)
	if err != nil {
		return err
	}
	mutants, err := ex.Solution.Mutants()
	if err != nil {
		return err
	}
	sources := [][]byte{stub}
	for _, c := range correct {
		sources = append(sources, c.Source)
	}
	for _, m := range mutants {
		sources = append(sources, m.Source)
	}
	if once := onceOnly(ex, correct[0].Source); once != nil {
		sources = append(sources, once)
	}
	reports := judge(ctx, e, ex, sources)
	if ctx.Err() != nil {
		return ctx.Err()
	}

	tell(unwritten(reports[0]))
	for i, c := range correct {
		r := reports[1+i]
		if r.Verdict == engine.Passed && runs > 1 {
			_, r = c.Repeat(ctx, e, 0, runs)
		}
		tell(passes(c.Name, r))
	}
	if len(correct) == 1 {
		tell(Finding{Program: "alternatives", Wrong: "there is none: a second correct program, written differently, shows that the checks do not ask for the words of the first"})
	}
	for i, m := range mutants {
		tell(mistaken(reports[1+len(correct)+i], m))
	}
	if len(mutants) < leastMutants {
		tell(Finding{Program: "mutants", Wrong: fmt.Sprintf("there are %d: %d plausible mistakes are the least", len(mutants), leastMutants)})
	}
	if i := 1 + len(correct) + len(mutants); i < len(reports) {
		tell(foundOnceOnly(reports[i]))
	}
	for _, wrong := range capsWrong(ex.Caps) {
		tell(Finding{Program: "exercise.json", Wrong: wrong})
	}
	return ctx.Err()
}

// capped are the verdicts that leave a program some of its points, unless a cap says
// less.
var capped = []engine.Verdict{engine.Failed, engine.Inconclusive, engine.Timeout, engine.Panic, engine.Leak, engine.Deadlock, engine.Race}

// capsWrong says what is not as it should be with a manifest's caps.
func capsWrong(caps map[string]float64) (wrong []string) {
	for _, verdict := range slices.Sorted(maps.Keys(caps)) {
		if !slices.Contains(capped, engine.Verdict(verdict)) {
			wrong = append(wrong, fmt.Sprintf(`"caps": %q is no verdict with points; those are %q`, verdict, capped))
		}
	}
	if share, ok := caps[string(engine.Race)]; !ok || share > mostAfterRace {
		wrong = append(wrong, fmt.Sprintf(`"caps" leave a program with a race more than half of its points: say {"race": %v}`, mostAfterRace))
	}
	return wrong
}

// judge judges programs by all checks: in one binary, where they can share it.
func judge(ctx context.Context, e *engine.Engine, ex *exercise.Exercise, sources [][]byte) []*engine.Report {
	reports := make([]*engine.Report, len(sources))
	var programs []*exercise.Program
	var places []int // of the programs, among the sources
	for i, source := range sources {
		p, err := ex.FromFile("answer.go", source)
		if err != nil {
			reports[i] = e.Refuse(ex, err, engine.All)
			continue
		}
		programs, places = append(programs, p), append(places, i)
	}
	e.JudgeAll(ctx, ex, programs, engine.All, func(i int, r *engine.Report) { reports[places[i]] = r })
	return reports
}

func unwritten(r *engine.Report) Finding {
	f := Finding{Program: "stub", Verdict: r.Verdict}
	if r.Verdict != engine.Failed || r.Points != 0 || !strings.Contains(r.Message, exercise.NotWritten) {
		f.Wrong = fmt.Sprintf("what a learner begins with must compile, fail and earn nothing; it is judged %s, %v points: %s", r.Verdict, r.Points, r.Message)
	}
	return f
}

func passes(name string, r *engine.Report) Finding {
	f := Finding{Program: name, Verdict: r.Verdict}
	switch {
	case r.Verdict != engine.Passed:
		f.Wrong = fmt.Sprintf("it is correct, and is judged %s: %s", r.Verdict, r.Message)
		for _, c := range r.Checks {
			if c.Verdict == r.Verdict && c.Seed != nil {
				f.Wrong += fmt.Sprintf(" (%s, schedule %d)", c.Name, *c.Seed)
				break
			}
		}
	case r.Points != float64(r.MaxPoints):
		f.Wrong = fmt.Sprintf("it is correct, and earns %v of %d points", r.Points, r.MaxPoints)
	}
	return f
}

func mistaken(r *engine.Report, m exercise.Mutant) Finding {
	f := Finding{Program: "mutants/" + m.Name, Verdict: r.Verdict}
	switch r.Verdict {
	case engine.CompileError, engine.Rejected, engine.GraderFault:
		f.Wrong = r.Message
		return f
	}
	for _, c := range r.Checks {
		if c.Name != m.Check {
			continue
		}
		f.Says = c.Message
		switch {
		case string(c.Verdict) != m.Verdict:
			f.Wrong = fmt.Sprintf("%s should find %s, and finds %s: %s", m.Check, m.Verdict, c.Verdict, r.Message)
		case !strings.Contains(c.Message, m.Says):
			f.Wrong = fmt.Sprintf("%s should say %q, and says: %s", m.Check, m.Says, c.Message)
		case r.Verdict != c.Verdict:
			f.Wrong = fmt.Sprintf("%s finds %s, as it should; but all in all the program is judged %s: %s", m.Check, c.Verdict, r.Verdict, r.Message)
		case r.Points >= float64(r.MaxPoints):
			f.Wrong = "it earns all points"
		}
		return f
	}
	f.Wrong = fmt.Sprintf("there is no check %s", m.Check)
	return f
}
