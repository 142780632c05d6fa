package engine

import (
	"context"
	"slices"

	"github.com/interleave-lab/interleave/internal/engine/explain"
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

	Verdict Verdict             `json:"-"`
	Events  []record.Event      `json:"-"`
	Places  []weave.Place       `json:"-"` // what the events' places stand for
	Ends    []explain.End       `json:"-"` // what goroutines did when it was over, by the learner's lines
	Lines   map[string][]string `json:"-"` // of each unit, for quoting
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
	r := &Replay{Check: failed.Name, Seed: *failed.Seed, Verdict: failed.Verdict, Places: j.places, Lines: j.program.Lines}
	try := func(only []record.Delay) (same bool, err error) {
		if err := shrink.Clear(log); err != nil {
			return false, err
		}
		got, ends, err := j.again(ctx, failed.Name, under{first: r.Seed, count: 1, only: only, log: log})
		if err != nil || got.Verdict != r.Verdict {
			return false, err
		}
		j.set(failed.Name, got.Verdict, got.Message) // who does what is told as it is drawn
		r.Ends = ends
		r.Events, err = shrink.Events(log)
		return true, err
	}
	same, err := try(nil)
	if err != nil || !same {
		return err // it does not show again: then it is not shown
	}
	r.Delays, err = shrink.Delays(shrink.Long(r.Events), mostTries, try)
	if err != nil {
		return err
	}
	j.report.Replay = r
	return nil
}

// again runs one check and returns how it is judged, and what goroutines did at its end.
func (j *judgement) again(ctx context.Context, check string, u under) (*Result, []explain.End, error) {
	other := *j
	other.report = &Report{Checks: []Result{{Name: check, Verdict: NotRun}}}
	one, err := other.runOnce(ctx, []string{check}, u)
	if err != nil {
		return nil, nil, err
	}
	if _, err := other.settle(one, []string{check}); err != nil {
		return nil, nil, err
	}
	return &other.report.Checks[0], j.ends(one), nil
}

// ends is what goroutines did when a run was over, by the learner's lines.
func (j *judgement) ends(one *ending) (ends []explain.End) {
	switch p := j.explains(); {
	case one.races != "":
		ends = p.RaceEnds(one.races)
	case one.event != nil:
		ends = p.EventEnds(one.event)
	default:
		ends = p.PanicEnds(one.crash)
	}
	for i := range ends {
		ends[i].File, _ = j.unit(ends[i].File)
		ends[i].From.At.File, _ = j.unit(ends[i].From.At.File)
		for c := range ends[i].Calls {
			ends[i].Calls[c].File, _ = j.unit(ends[i].Calls[c].File)
		}
	}
	return ends
}
