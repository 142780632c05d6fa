package engine_test

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/internal/engine"
	"github.com/interleave-lab/interleave/internal/exercise"
)

func root(t testing.TB) string {
	t.Helper()
	dir, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func exercises(t testing.TB) (*engine.Engine, []*exercise.Exercise) {
	t.Helper()
	all, err := exercise.LoadAll(root(t), "")
	if err != nil {
		t.Fatal(err)
	}
	e, err := engine.New(root(t))
	if err != nil {
		t.Fatal(err)
	}
	return e, all
}

func judgeSource(t testing.TB, e *engine.Engine, ex *exercise.Exercise, source []byte, scope engine.Scope) *engine.Report {
	t.Helper()
	p, err := ex.FromFile("answer.go", source)
	if err != nil {
		return e.Refuse(ex, err, scope)
	}
	return e.Judge(t.Context(), ex, p, scope)
}

func TestStubsCompileAndFail(t *testing.T) {
	e, all := exercises(t)
	for _, ex := range all {
		t.Run(ex.Slug, func(t *testing.T) {
			t.Parallel()
			solution, err := ex.Solution.Source()
			if err != nil {
				t.Fatal(err)
			}
			stub, err := exercise.Stub(solution)
			if err != nil {
				t.Fatal(err)
			}
			r := judgeSource(t, e, ex, stub, engine.Public)
			if r.Verdict != engine.Failed || r.Points != 0 || !strings.Contains(r.Message, "not written yet") {
				t.Errorf("the stub is judged %s, %v points: %s", r.Verdict, r.Points, r.Message)
			}
		})
	}
}

// proven returns how often a correct program is started, and how often each start
// runs those checks that ask for no schedules, so that each check runs a hundred
// times, under the race detector:
//
//   - within schedule.Test, up to 200 times in one start, each time under another
//     schedule, and other ones in the second start;
//   - within synctest.Test, a hundred times in two starts.
//
// Real processes take a hundred times as long as virtual time. Where an exercise is
// about them, its checks run ten times, or as often as INTERLEAVE_RUNS says. One
// judgement more follows, as it would be made of a learner's program.
func proven(t *testing.T, ex *exercise.Exercise) (starts, repeat int) {
	t.Helper()
	if !slices.Contains(ex.Imports, exercise.Module+"/kernel-helpers/processes") {
		return 2, 50
	}
	runs := 10
	if text := os.Getenv("INTERLEAVE_RUNS"); text != "" {
		var err error
		if runs, err = strconv.Atoi(text); err != nil {
			t.Fatalf("INTERLEAVE_RUNS: %v", err)
		}
	}
	return runs, 1
}

func TestSolutionsPass(t *testing.T) {
	e, all := exercises(t)
	for _, ex := range all {
		solution, err := ex.Solution.Source()
		if err != nil {
			t.Fatal(err)
		}
		others, err := ex.Solution.Alternatives()
		if err != nil {
			t.Fatal(err)
		}
		if len(others) == 0 {
			t.Errorf("%s has one solution: a second shows that the checks do not ask for the words of the first", ex.Slug)
		}
		for _, p := range append(others, exercise.Alternative{Name: "solution", Source: solution}) {
			t.Run(ex.Slug+"/"+p.Name, func(t *testing.T) {
				t.Parallel()
				program, err := ex.FromFile("answer.go", p.Source)
				if err != nil {
					t.Fatal(err)
				}
				starts, repeat := proven(t, ex)
				r := e.Repeat(t.Context(), ex, program, starts, repeat)
				if r.Verdict != engine.Passed || r.Points != float64(r.MaxPoints) {
					t.Fatalf("%s, %v of %d points: %s", r.Verdict, r.Points, r.MaxPoints, r.Message)
				}
			})
		}
	}
}

func TestMutantsAreCaught(t *testing.T) {
	e, all := exercises(t)
	beside(t, 2) // what a verdict is must not depend on how busy the machine is
	for _, ex := range all {
		mutants, err := ex.Solution.Mutants()
		if err != nil {
			t.Fatal(err)
		}
		if len(mutants) < 3 {
			t.Errorf("%s has %d mutants: three plausible mistakes are the least", ex.Slug, len(mutants))
		}
		for _, m := range mutants {
			t.Run(ex.Slug+"/"+m.Name, func(t *testing.T) {
				t.Parallel()
				r := judgeSource(t, e, ex, m.Source, engine.All)
				if string(r.Verdict) != m.Verdict {
					t.Errorf("%s: judged %s, want %s: %s", m.Mistake, r.Verdict, m.Verdict, r.Message)
				}
				found := false
				for _, c := range r.Checks {
					if c.Name == m.Check {
						found = true
						if string(c.Verdict) != m.Verdict || !strings.Contains(c.Message, m.Says) {
							t.Errorf("%s: %s says %s, %q; want %s and %q in it", m.Mistake, c.Name, c.Verdict, c.Message, m.Verdict, m.Says)
						}
						t.Log(c.Verdict, c.Message)
					}
				}
				if !found {
					t.Errorf("there is no check %s", m.Check)
				}
				if r.Points >= float64(r.MaxPoints) {
					t.Errorf("a mutant earns all %d points", r.MaxPoints)
				}
				t.Logf("%.2f s", r.Seconds)
			})
		}
	}
}
