package engine

import (
	"context"
	"os"
	"slices"

	"github.com/interleave-lab/interleave/internal/engine/schedule/record"
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
	tries := 0
	try := func(only []record.Delay) (events []record.Event, same bool, err error) {
		tries++
		if err := log.Truncate(0); err != nil {
			return nil, false, err
		}
		if err := log.Truncate(int64(record.Size)); err != nil {
			return nil, false, err
		}
		got, err := j.again(ctx, failed.Name, under{first: *failed.Seed, count: 1, only: only, log: log})
		if err != nil {
			return nil, false, err
		}
		events, err = recorded(log)
		return events, got == failed.Verdict, err
	}
	events, same, err := try(nil)
	if err != nil || !same {
		return err // it does not show again: then it is not shown
	}
	r := &Replay{Check: failed.Name, Seed: *failed.Seed, Delays: longDelays(events), Events: events, Places: j.places}
	// Delta debugging, on complements alone: leave out ever smaller parts.
	for part := len(r.Delays); part > 0 && tries < mostTries; {
		smaller := false
		for at := 0; at < len(r.Delays) && tries < mostTries; {
			rest := slices.Concat(r.Delays[:at], r.Delays[min(at+part, len(r.Delays)):])
			events, same, err := try(rest)
			if err != nil {
				return err
			}
			if same {
				r.Delays, r.Events, smaller = rest, events, true
			} else {
				at += part
			}
		}
		if !smaller || part == 1 {
			part /= 2
		}
		part = min(part, len(r.Delays))
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

func recorded(file *os.File) ([]record.Event, error) {
	log, err := record.Open(file.Fd())
	if err != nil {
		return nil, err
	}
	defer log.Close()
	return log.Recorded(), nil
}

func longDelays(events []record.Event) []record.Delay {
	delays := []record.Delay{}
	for _, e := range events {
		if e.Kind == record.HeldBack && e.Long {
			delays = append(delays, record.Delay{Goroutine: e.Goroutine, Point: e.Point})
		}
	}
	return delays
}
