package engine_test

import (
	"context"
	"flag"
	"os/exec"
	"testing"

	"github.com/interleave-lab/interleave/internal/engine"
	"github.com/interleave-lab/interleave/internal/exercise"
)

var soak = flag.Int("soak", 0, "so many runs of correct solutions; `make soak`")

// correct is a program that must pass.
type correct struct {
	of   *exercise.Exercise
	name string
	text []byte
}

func correctOnes(t *testing.T, all []*exercise.Exercise) (programs []correct) {
	t.Helper()
	for _, ex := range all {
		solution, err := ex.Solution.Source()
		if err != nil {
			t.Fatal(err)
		}
		others, err := ex.Solution.Alternatives()
		if err != nil {
			t.Fatal(err)
		}
		programs = append(programs, correct{ex, "solution", solution})
		for _, o := range others {
			programs = append(programs, correct{ex, o.Name, o.Source})
		}
	}
	return programs
}

// TestNoCorrectSolutionFails is what `make soak` runs; it takes minutes. A run is one
// of a check, under one schedule where it asks for schedules.
func TestNoCorrectSolutionFails(t *testing.T) {
	if *soak == 0 {
		t.Skip("make soak asks for it")
	}
	const starts = 3
	e, all := exercises(t)
	programs := correctOnes(t, all)
	runs, failures := 0, 0
	for from := uint64(0); runs < *soak; from += 1000 {
		for _, c := range programs {
			p, err := c.of.FromFile("answer.go", c.text)
			if err != nil {
				t.Fatal(err)
			}
			n, failed := e.Soak(t.Context(), c.of, p, from, starts)
			runs += n
			failures += len(failed)
			for _, r := range failed {
				t.Errorf("%s, %s: %s: %s", c.of.Slug, c.name, r.Verdict, r.Message)
				for _, check := range r.Checks {
					if check.Verdict != engine.Passed && check.Seed != nil {
						t.Logf("%s, schedule %d", check.Name, *check.Seed)
					}
				}
			}
		}
		t.Logf("%d programs: %d of %d runs failed", len(programs), failures, runs)
	}
	t.Logf("%d of %d runs of correct solutions failed", failures, runs)
}

// beside keeps processors busy, each by a loop that never rests, until the test ends.
func beside(t *testing.T, loops int) {
	t.Helper()
	for range loops {
		ctx, stop := context.WithCancel(context.Background())
		cmd := exec.CommandContext(ctx, "sh", "-c", "while :; do :; done")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { stop(); _ = cmd.Wait() })
	}
}

// TestSolutionsPassOnABusyMachine judges every correct program beside two loops that
// never rest, as TestMutantsAreCaught does every mutant.
func TestSolutionsPassOnABusyMachine(t *testing.T) {
	e, all := exercises(t)
	beside(t, 2)
	for _, c := range correctOnes(t, all) {
		t.Run(c.of.Slug+"/"+c.name, func(t *testing.T) {
			t.Parallel()
			if r := judgeSource(t, e, c.of, c.text, engine.All); r.Verdict != engine.Passed {
				t.Errorf("%s: %s", r.Verdict, r.Message)
			}
		})
	}
}
