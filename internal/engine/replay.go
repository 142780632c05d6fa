package engine

import (
	"context"
	"slices"

	"github.com/interleave-lab/interleave/internal/engine/schedule/record"
	"github.com/interleave-lab/interleave/internal/engine/shrink"
	"github.com/interleave-lab/interleave/internal/engine/weave"
)

// Replay is a recorded run of a check that failed: what stood in its way, with the
// fewest goroutines held back that still make it fail.
type Replay struct {
	Check  string         `json:"check"`
	Seed   uint64         `json:"seed"`
	Delays []record.Delay `json:"delays"` // that are needed
	Events []record.Event `json:"-"`
	Places []weave.Place  `json:"-"` // what the events' places stand for
}

// mostTries bounds the runs that look for fewer delays; each takes some 20 ms.
const mostTries = 24

// replay runs again the first check that failed under a schedule, looks for the
// fewest delays that still give the same verdict, and records that run.
func (j *judgement) replay(ctx context.Context) error {
	i := slices.IndexFunc(j.report.Checks, func(c Result) bool { return c.Seed != nil })
	if i < 0 {
		return nil
	}
	failed := j.report.Checks[i]
	log, err := record.Create(j.dir)
	if err != nil {
		return err
	}
	defer log.Close()
	try := func(only []record.Delay) (events []record.Event, same bool, err error) {
		if err := shrink.Clear(log); err != nil {
			return nil, false, err
		}
		got, err := j.again(ctx, failed.Name, under{first: *failed.Seed, count: 1, only: only, log: log})
		if err != nil {
			return nil, false, err
		}
		events, err = shrink.Events(log)
		return events, got == failed.Verdict, err
	}
	events, same, err := try(nil)
	if err != nil || !same {
		return err // it does not show again: then it is not shown
	}
	r := &Replay{Check: failed.Name, Seed: *failed.Seed, Events: events, Places: j.places}
	r.Delays, err = shrink.Delays(shrink.Long(events), mostTries, func(rest []record.Delay) (bool, error) {
		events, same, err := try(rest)
		if same {
			r.Events = events
		}
		return same, err
	})
	if err != nil {
		return err
	}
	j.report.Replay = r
	return nil
}

// again runs one check and returns how it is judged.
func (j *judgement) again(ctx context.Context, check string, u under) (Verdict, error) {
	other := *j
	other.report = &Report{Checks: []Result{{Name: check, Verdict: NotRun}}}
	one, err := other.runOnce(ctx, []string{check}, u)
	if err != nil {
		return "", err
	}
	if _, err := other.settle(one, []string{check}); err != nil {
		return "", err
	}
	return other.report.Checks[0].Verdict, nil
}
