package proof

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/internal/engine"
	"github.com/interleave-lab/interleave/internal/exercise"
)

func report(verdict engine.Verdict, points float64, checks ...engine.Result) *engine.Report {
	return &engine.Report{Verdict: verdict, Message: "what was found", Points: points, MaxPoints: 10, Checks: checks}
}

// A proof that finds nothing must have been able to find something.
func TestWhatIsNotAsItShouldBeIsTold(t *testing.T) {
	stub := func(r *engine.Report, message string) Finding {
		r.Message = message
		return unwritten(r)
	}
	race := engine.Result{Name: "TestOrder", Verdict: engine.Race, Message: "n++ and n++"}
	mutant := exercise.Mutant{Name: "no-lock", Verdict: "race", Check: "TestOrder", Says: "n++"}
	other := func(change func(*exercise.Mutant)) exercise.Mutant {
		m := mutant
		change(&m)
		return m
	}
	for name, c := range map[string]struct {
		found Finding
		wrong string
	}{
		"a stub":                      {stub(report(engine.Failed, 0), "It is not written yet"), ""},
		"a stub that earns something": {stub(report(engine.Failed, 1), "It is not written yet"), "must compile, fail and earn nothing"},
		"a stub that fails elsewhere": {stub(report(engine.Failed, 0), "page 7 is missing"), "must compile, fail and earn nothing"},
		"a stub that passes":          {stub(report(engine.Passed, 10), ""), "must compile, fail and earn nothing"},
		"a stub that no Go is":        {stub(report(engine.CompileError, 0), "line 1"), "must compile, fail and earn nothing"},

		"a solution":                         {passes("solution", report(engine.Passed, 10)), ""},
		"a solution that fails":              {passes("solution", report(engine.Leak, 7)), "it is correct, and is judged leak"},
		"a solution that earns too little":   {passes("solution", report(engine.Passed, 9)), "earns 9 of 10 points"},
		"a mutant":                           {mistaken(report(engine.Race, 5, race), mutant), ""},
		"a mutant that passes":               {mistaken(report(engine.Passed, 10, engine.Result{Name: "TestOrder", Verdict: engine.Passed}), mutant), "should find race, and finds passed"},
		"a mutant with other words":          {mistaken(report(engine.Race, 5, race), other(func(m *exercise.Mutant) { m.Says = "m++" })), `should say "m++"`},
		"a mutant of another verdict":        {mistaken(report(engine.Race, 5, race), other(func(m *exercise.Mutant) { m.Verdict = "deadlock" })), "should find deadlock, and finds race"},
		"a mutant of no check":               {mistaken(report(engine.Race, 5, race), other(func(m *exercise.Mutant) { m.Check = "TestNone" })), "there is no check TestNone"},
		"a mutant that is worse elsewhere":   {mistaken(report(engine.Rejected, 0, race), mutant), "what was found"},
		"a mutant judged by something else":  {mistaken(report(engine.Deadlock, 0, race), mutant), "all in all the program is judged deadlock"},
		"a mutant that earns all there is":   {mistaken(report(engine.Race, 10, race), mutant), "it earns all points"},
		"a mutant that does not compile":     {mistaken(report(engine.CompileError, 0), mutant), "what was found"},
		"right only once":                    {foundOnceOnly(report(engine.Panic, 9)), ""},
		"right only once, and passes":        {foundOnceOnly(report(engine.Passed, 10)), "let a check call it twice"},
		"right only once, and a fault":       {foundOnceOnly(report(engine.GraderFault, 0)), "what was found"},
		"a mutant that the grader cannot do": {mistaken(report(engine.GraderFault, 0), mutant), "what was found"},
	} {
		if c.wrong == "" && c.found.Wrong != "" || !strings.Contains(c.found.Wrong, c.wrong) {
			t.Errorf("%s: %q; want %q in it", name, c.found.Wrong, c.wrong)
		}
	}
}

// What stands for programs that keep something is one that does.
func TestTheProgramThatIsRightOnce(t *testing.T) {
	ex := &exercise.Exercise{Slug: "adder", Manifest: exercise.Manifest{Entry: []string{"Sum", "Add"}}}
	const solution = "package adder\n\ntype Sum int\n\nfunc (Sum) Add() {}\n\nfunc Add(a,\n\tb int,\n) int {\n\treturn a + b\n}\n"
	got := string(onceOnly(ex, []byte(solution)))
	if !strings.Contains(got, ") int {\n\tif calledBefore {") || !strings.Contains(got, "var calledBefore bool") {
		t.Errorf("%s", got)
	}
	ex.Entry = []string{"Add", "Sum"}
	if got := onceOnly(ex, []byte(solution)); got != nil {
		t.Errorf("Sum is no function: %s", got)
	}
}

func TestCaps(t *testing.T) {
	for _, c := range []struct {
		caps  map[string]float64
		wrong []string
	}{
		{map[string]float64{"race": 0.5, "leak": 0.75, "failed": 1}, nil},
		{nil, []string{"more than half"}},
		{map[string]float64{"race": 0.6}, []string{"more than half"}},
		{map[string]float64{"race": 0.5, "leek": 0.7}, []string{`"leek" is no verdict`}},
		{map[string]float64{"race": 0, "passed": 0.5}, []string{`"passed" is no verdict`}},
		{map[string]float64{"Race": 0.5}, []string{`"Race" is no verdict`, "more than half"}},
	} {
		got := capsWrong(c.caps)
		if !slices.EqualFunc(got, c.wrong, strings.Contains) {
			t.Errorf("%v: %q; want %q in it", c.caps, got, c.wrong)
		}
	}
}

// An exercise without a second solution and enough mistakes has proved nothing.
func TestWhatAnExerciseLacks(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	ex, err := exercise.Load(root, "", "visit-counter")
	if err != nil {
		t.Fatal(err)
	}
	solution, err := ex.Solution.Source()
	if err != nil {
		t.Fatal(err)
	}
	e, err := engine.New(root)
	if err != nil {
		t.Fatal(err)
	}
	hidden := os.DirFS(filepath.Join(ex.Solution.Dir, "hidden"))
	ex.Solution.Dir = t.TempDir()
	if err := os.CopyFS(filepath.Join(ex.Solution.Dir, "hidden"), hidden); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(ex.Solution.Dir, "solution.go"), solution, 0o600); err != nil {
		t.Fatal(err)
	}
	var wrong []string
	err = Exercise(t.Context(), e, ex, 1, func(f Finding) {
		if f.Wrong != "" {
			wrong = append(wrong, f.Program+": "+f.Wrong)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"alternatives: there is none", "mutants: there are 0"}; !slices.EqualFunc(wrong, want, strings.HasPrefix) {
		t.Errorf("found %q; want %q", wrong, want)
	}
}
