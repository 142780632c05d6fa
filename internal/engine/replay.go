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
	first, err := j.rerun(ctx, failed, nil)
	if err != nil || first == nil {
		return err // it does not show again: then it is not shown
	}
	r := &Replay{Check: failed.Name, Seed: *failed.Seed, Verdict: failed.Verdict, Places: j.places, Lines: j.program.Lines}
	search := shrink.Search{Tries: mostTries, Ahead: true} // a learner waits for it
	delays, last, err := shrink.Delays(ctx, shrink.Long(first.events), search, func(ctx context.Context, rest []record.Delay) (*rerun, error) {
		return j.rerun(ctx, failed, rest)
	})
	if err != nil {
		return err
	}
	if last == nil {
		last = first
	}
	r.Delays, r.Events, r.Ends = delays, last.events, last.ends
	j.set(failed.Name, last.verdict, last.message) // who does what is told as it is drawn
	j.report.Replay = r
	return nil
}

// rerun is what a schedule that made a check fail has shown when it ran again.
type rerun struct {
	verdict Verdict
	message string
	ends    []explain.End
	events  []record.Event
}

// rerun runs a check that failed under its schedule again, with some of the schedule's
// long delays, nil for all. It returns nil if the check does not fail so then.
func (j *judgement) rerun(ctx context.Context, failed Result, only []record.Delay) (*rerun, error) {
	log, err := record.Create(j.dir)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	other := *j
	other.report = &Report{Checks: []Result{{Name: failed.Name, Verdict: NotRun}}}
	one, err := other.runOnce(ctx, []string{failed.Name}, under{first: *failed.Seed, count: 1, only: only, log: log})
	if err != nil {
		return nil, err
	}
	if _, err := other.settle(one, []string{failed.Name}); err != nil {
		return nil, err
	}
	got := other.report.Checks[0]
	if got.Verdict != failed.Verdict {
		return nil, nil
	}
	events, err := shrink.Events(log)
	return &rerun{got.Verdict, got.Message, j.ends(one), events}, err
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
