package engine_test

import (
	"testing"

	"github.com/interleave-lab/interleave/internal/engine"
)

func TestAFailingScheduleIsReplayed(t *testing.T) {
	e, all := exercises(t)
	for _, ex := range all {
		mutants, err := ex.Solution.Mutants()
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range mutants {
			t.Run(ex.Slug+"/"+m.Name, func(t *testing.T) {
				r := judgeSource(t, e, ex, m.Source, engine.Public)
				t.Logf("%s %.2f s", r.Verdict, r.Seconds)
				if r.Replay != nil {
					t.Logf("%s seed %d: %d delays, %d events", r.Replay.Check, r.Replay.Seed, len(r.Replay.Delays), len(r.Replay.Events))
				}
			})
		}
	}
}
