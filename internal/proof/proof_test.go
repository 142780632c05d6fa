package proof_test

import (
	"cmp"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/interleave-lab/interleave/internal/engine"
	"github.com/interleave-lab/interleave/internal/exercise"
	"github.com/interleave-lab/interleave/internal/proof"
)

var soak = flag.Int("soak", 0, "so many runs of correct solutions; `make soak`")

func exercises(t *testing.T) (*engine.Engine, []*exercise.Exercise) {
	t.Helper()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	all, err := exercise.LoadAll(root, "")
	if err != nil {
		t.Fatal(err)
	}
	e, err := engine.New(root)
	if err != nil {
		t.Fatal(err)
	}
	return e, all
}

// beside keeps processors busy, each by a loop that never rests, until the test ends.
func beside(t *testing.T, loops int) {
	t.Helper()
	for range loops {
		cmd := exec.CommandContext(t.Context(), "sh", "-c", "while :; do :; done")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = cmd.Wait() }) // the context has ended it
	}
}

// What a verdict is must not depend on how busy the machine is.
func TestExercisesJudgeAsTheyShouldOnABusyMachine(t *testing.T) {
	e, all := exercises(t)
	beside(t, 2)
	for _, ex := range all {
		t.Run(ex.Slug, func(t *testing.T) {
			t.Parallel()
			err := proof.Exercise(t.Context(), e, ex, 1, func(f proof.Finding) {
				t.Logf("%s: %s %s", f.Program, f.Verdict, f.Says)
				if f.Wrong != "" {
					t.Errorf("%s: %s", f.Program, f.Wrong)
				}
			})
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

// Each check runs at least a hundred times on each correct program, with the race
// detector, and under as many schedules where it asks for them.
func TestCorrectProgramsPassAHundredTimes(t *testing.T) {
	e, all := exercises(t)
	for _, p := range correct(t, all) {
		t.Run(p.Of.Slug+"/"+p.Name, func(t *testing.T) {
			t.Parallel()
			least := often(t, p.Of)
			runs, r := p.Repeat(t.Context(), e, 0, least)
			if r.Verdict != engine.Passed || r.Points != float64(r.MaxPoints) {
				t.Fatalf("%s, %v of %d points: %s", r.Verdict, r.Points, r.MaxPoints, r.Message)
			}
			if least *= len(r.Checks); runs < least {
				t.Errorf("%d checks ran %d times all together, want %d at least", len(r.Checks), runs, least)
			}
			t.Logf("%d checks ran %d times, and passed", len(r.Checks), runs)
		})
	}
}

// often is how often a correct program's checks run. A hundred rounds of real processes
// start thousands, which takes minutes: these run ten times, and as often as
// INTERLEAVE_RUNS says in CI.
func often(t *testing.T, ex *exercise.Exercise) int {
	t.Helper()
	if !slices.Contains(ex.Imports, exercise.Module+"/kernel-helpers/processes") {
		return 100
	}
	runs, err := strconv.Atoi(cmp.Or(os.Getenv("INTERLEAVE_RUNS"), "10"))
	if err != nil {
		t.Fatalf("INTERLEAVE_RUNS: %v", err)
	}
	return runs
}

// `make soak` runs this for minutes. A run is one of a check, under one schedule where
// it asks for schedules.
func TestNoCorrectProgramFails(t *testing.T) {
	if *soak == 0 {
		t.Skip("make soak asks for it")
	}
	e, all := exercises(t)
	programs := correct(t, all)
	runs, failed := 0, 0
	for first := uint64(0); runs < *soak; first += 10_000 {
		for _, p := range programs {
			n, r := p.Repeat(t.Context(), e, first, 200)
			runs += n
			if r.Verdict == engine.Passed {
				continue
			}
			failed++
			t.Errorf("%s, %s: %s: %s", p.Of.Slug, p.Name, r.Verdict, r.Message)
			for _, c := range r.Checks {
				if c.Seed != nil {
					t.Logf("%s, schedule %d", c.Name, *c.Seed)
				}
			}
		}
		t.Logf("%d programs: %d of %d runs failed", len(programs), failed, runs)
	}
	t.Logf("%d of %d runs of correct solutions failed", failed, runs)
}

func correct(t *testing.T, all []*exercise.Exercise) (programs []proof.Program) {
	t.Helper()
	for _, ex := range all {
		of, err := proof.Correct(ex)
		if err != nil {
			t.Fatal(err)
		}
		programs = append(programs, of...)
	}
	return programs
}
