package engine_test

import (
	"context"
	"flag"
	"os/exec"
	"testing"

	"golang.org/x/sync/errgroup"

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

// beside keeps a processor busy until the test ends.
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

// TestVerdictsHoldOnABusyMachine judges every solution and mutant beside two loops
// that never rest.
func TestVerdictsHoldOnABusyMachine(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a minute")
	}
	e, all := exercises(t)
	beside(t, 2)
	var work errgroup.Group
	work.SetLimit(2)
	judge := func(ex *exercise.Exercise, name string, source []byte, want string) {
		work.Go(func() error {
			p, err := ex.FromFile("answer.go", source)
			if err != nil {
				t.Error(err)
				return nil
			}
			if r := e.Judge(t.Context(), ex, p, engine.All); string(r.Verdict) != want {
				t.Errorf("%s, %s: %s, want %s: %s", ex.Slug, name, r.Verdict, want, r.Message)
			}
			return nil
		})
	}
	for _, c := range correctOnes(t, all) {
		judge(c.of, c.name, c.text, string(engine.Passed))
	}
	for _, ex := range all {
		mutants, err := ex.Solution.Mutants()
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range mutants {
			judge(ex, m.Name, m.Source, m.Verdict)
		}
	}
	_ = work.Wait() // what is wrong was said
}
