package engine

import (
	"context"

	"github.com/interleave-lab/interleave/internal/exercise"
)

// Soak builds a program once and starts it a few times. Each time its checks run under
// other schedules, from one on. It returns how often they ran, and the reports of those
// starts that did not pass.
func (e *Engine) Soak(ctx context.Context, ex *exercise.Exercise, p *exercise.Program, from uint64, starts int) (runs int, failed []*Report) {
	first := e.judge(ctx, ex, p, All, func(j *judgement) {
		for i := range uint64(starts) {
			seed := from + i*schedules
			r := &Report{Exercise: ex.Slug}
			if err := r.register(ex, All); err != nil {
				failed = append(failed, r.fault(err))
				return
			}
			again := *j
			again.report = r
			var names []string
			for _, c := range r.Checks {
				names = append(names, c.Name)
			}
			one, err := again.runOnce(ctx, names, under{first: seed, count: schedules})
			if err == nil {
				_, err = again.settle(one, names)
			}
			if err != nil {
				failed = append(failed, r.fault(err))
				return
			}
			for _, name := range names {
				runs++
				if last, ok := one.seeds[name]; ok {
					runs += int(last - seed)
				}
			}
			if r.conclude(ex.Caps); r.Verdict != Passed {
				failed = append(failed, r)
			}
		}
	})
	if first.Verdict != Passed {
		failed = append(failed, first)
	}
	return runs, failed
}
