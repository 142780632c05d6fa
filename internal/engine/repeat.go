package engine

import (
	"context"

	"github.com/interleave-lab/interleave/internal/exercise"
	"github.com/interleave-lab/interleave/internal/scratch"
)

// atOnce is how often one start of a program runs a check that asks for no schedules.
// More would not fit into the time of a start where a check waits for real processes.
const atOnce = 20

// Repeat builds a program once, and runs it until each check has run at least so often:
// one that asks for schedules under as many of them, from the seed first on. It stops
// when a start does not pass. It returns how often checks ran, all together, and the
// report on all of that.
func (e *Engine) Repeat(ctx context.Context, ex *exercise.Exercise, p *exercise.Program, first uint64, least int) (runs int, r *Report) {
	folder, err := scratch.New("interleave-judge-", nil)
	if err != nil {
		return 0, (&Report{Exercise: ex.Slug, Title: ex.Title}).fault(err)
	}
	defer folder.Remove()
	j := e.begin(ex, p, All, folder.Path)
	if j.report.Verdict == "" && j.built(j.build(ctx)) {
		if runs, err = j.repeat(ctx, first, least); err != nil {
			j.report.fault(err)
		}
	}
	return runs, j.report
}

func (j *judgement) repeat(ctx context.Context, first uint64, least int) (runs int, err error) {
	ran := map[string]int{}
	for seed := first; ; seed += schedules {
		var names []string
		for i := range j.report.Checks {
			if c := &j.report.Checks[i]; ran[c.Name] < least {
				names = append(names, c.Name)
				c.Verdict = NotRun // what earlier starts showed says nothing about this one
			}
		}
		if len(names) == 0 {
			return runs, nil
		}
		times := min(least, atOnce)
		one, err := j.runOnce(ctx, names, under{first: seed, count: schedules, repeat: times})
		if err == nil {
			_, err = j.settle(one, names)
		}
		if err != nil {
			return runs, err
		}
		for _, name := range names {
			n := times
			if last, ok := one.seeds[name]; ok {
				n = int(last-seed) + 1
			}
			ran[name] += n
			runs += n
		}
		if j.report.conclude(j.exercise.Caps); j.report.Verdict != Passed {
			return runs, nil
		}
	}
}
