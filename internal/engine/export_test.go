package engine

import (
	"context"

	"github.com/interleave-lab/interleave/internal/exercise"
	"github.com/interleave-lab/interleave/internal/scratch"
)

// Repeat builds a program once and starts it a few times. Each time its checks run
// under other schedules, and those that ask for none run so often. It stops at the
// first start that does not pass, and returns the report of the last.
func (e *Engine) Repeat(ctx context.Context, ex *exercise.Exercise, p *exercise.Program, starts, repeat int) *Report {
	r := &Report{}
	built := e.judge(ctx, ex, p, All, func(j *judgement) {
		for i := range uint64(starts) {
			r = &Report{Exercise: ex.Slug}
			if err := r.register(ex, All); err != nil {
				r.fault(err)
				return
			}
			var names []string
			for _, c := range r.Checks {
				names = append(names, c.Name)
			}
			again := *j
			again.report = r
			one, err := again.runOnce(ctx, names, under{first: i * schedules, count: schedules, repeat: repeat})
			if err == nil {
				_, err = again.settle(one, names)
			}
			if err != nil {
				r.fault(err)
				return
			}
			if r.conclude(ex.Caps); r.Verdict != Passed {
				return
			}
		}
	})
	if built.Verdict != Passed {
		return built
	}
	return r
}

// JudgeUnfiltered judges a program that the filter was not asked about: what stands
// behind the filter has to hold without it.
func (e *Engine) JudgeUnfiltered(ctx context.Context, ex *exercise.Exercise, p *exercise.Program, scope Scope) *Report {
	folder, err := scratch.New("interleave-judge-", nil)
	if err != nil {
		return (&Report{}).fault(err)
	}
	defer folder.Remove()
	j := e.begin(ex, &exercise.Program{}, scope, folder.Path)
	j.program = p
	if j.built(j.build(ctx)) {
		j.judge(ctx)
	}
	return j.report
}
