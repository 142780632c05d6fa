package proof_test

import (
	"slices"
	"testing"

	"github.com/interleave-lab/interleave/internal/engine"
)

// A failure's seed shows it again: the same check, under that schedule alone, has the
// same verdict in at least 99 of 100 replays. It takes minutes; the schedules' own tests
// replay smaller programs in seconds.
func TestTheSeedOfAMistakeShowsItAgain(t *testing.T) {
	if *soak == 0 {
		t.Skip("make soak asks for it")
	}
	e, all := exercises(t)
	beside(t, 2)
	const each = 3
	replays, differ := 0, 0
	for _, ex := range all {
		mutants, err := ex.Solution.Mutants()
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range mutants {
			p, err := ex.FromFile("answer.go", m.Source)
			if err != nil {
				t.Fatal(err)
			}
			found, ok := result(e.Judge(t.Context(), ex, p, engine.All), m.Check)
			if !ok || found.Seed == nil {
				continue // it runs once, or on real processes
			}
			for range each {
				replays++
				again, _ := result(e.JudgeUnder(t.Context(), ex, p, engine.All, *found.Seed), m.Check)
				if again.Verdict != found.Verdict {
					differ++
					t.Logf("%s/%s: %s under schedule %d, and %s in a replay", ex.Slug, m.Name, found.Verdict, *found.Seed, again.Verdict)
				}
			}
		}
	}
	t.Logf("%d of %d replays differ", differ, replays)
	if replays < 100 || differ*100 > replays {
		t.Error("more than one in a hundred")
	}
}

func result(r *engine.Report, check string) (engine.Result, bool) {
	i := slices.IndexFunc(r.Checks, func(c engine.Result) bool { return c.Name == check })
	if i < 0 {
		return engine.Result{}, false
	}
	return r.Checks[i], true
}
