package engine

import (
	"context"

	"github.com/interleave-lab/interleave/internal/exercise"
	"github.com/interleave-lab/interleave/internal/scratch"
)

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
