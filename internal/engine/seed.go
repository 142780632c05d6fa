package engine

import (
	"context"

	"github.com/interleave-lab/interleave/internal/exercise"
)

// JudgeUnder judges as Judge does, but checks that ask for many schedules run under the
// one with this seed alone: the seed of a check that failed shows the same again.
func (e *Engine) JudgeUnder(ctx context.Context, ex *exercise.Exercise, p *exercise.Program, scope Scope, seed uint64) *Report {
	return e.judge(ctx, ex, p, scope, func(j *judgement) { j.first, j.schedules = seed, 1 })
}
