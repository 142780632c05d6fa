package engine

import (
	"context"

	"github.com/interleave-lab/interleave/internal/exercise"
	"github.com/interleave-lab/interleave/internal/scratch"
)

// Repeat builds a program once and judges it n times by all checks. It stops
// at the first run that does not pass.
func (e *Engine) Repeat(ctx context.Context, ex *exercise.Exercise, p *exercise.Program, n int) []*Report {
	var reports []*Report
	first := e.judge(ctx, ex, p, All, func(j *judgement) {
		for range n - 1 {
			r := &Report{}
			if err := r.register(ex, All); err != nil {
				reports = append(reports, r.fault(err))
				return
			}
			again := *j
			again.report = r
			if err := again.run(ctx); err != nil {
				reports = append(reports, r.fault(err))
				return
			}
			r.conclude(ex.Caps)
			if reports = append(reports, r); r.Verdict != Passed {
				return
			}
		}
	})
	return append(reports, first)
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
