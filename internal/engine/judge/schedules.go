package judge

import (
	"fmt"
	"os"
	"path"

	"github.com/interleave-lab/interleave/internal/engine/schedule"
	"github.com/interleave-lab/interleave/internal/engine/schedule/record"
	"github.com/interleave-lab/interleave/internal/engine/wire"
)

// plan is what the flags say about schedules.
func (j *judge) plan() schedule.Plan {
	p := schedule.Plan{First: *firstSeed, Count: *schedules, Steps: *steps, Least: *least, Around: "/" + path.Base(j.learner) + "/checks/", Begins: j.beginSchedule, Ends: j.endSchedule}
	var err error
	if *only != "all" {
		p.Only, err = record.ParseDelays(*only)
	}
	if err == nil && *recorded {
		p.Log, err = record.Open(wire.RecordFile)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "judge:", err)
		os.Exit(2)
	}
	return p
}

// beginSchedule gives each schedule of a check a time of its own, and notes which it
// is: a race or a panic will leave no time to.
func (j *judge) beginSchedule(seed uint64) {
	j.scheduled.Store(true)
	j.turns.Add(1)
	j.notes.Seed(j.nth, seed)
}

// endSchedule ends the process when a run ended in a way that testing has no word for.
func (j *judge) endSchedule(o schedule.Outcome) {
	switch o.Kind {
	case schedule.Deadlock:
		j.endWith(wire.Event{Kind: wire.Deadlock, Stack: o.Dump, Waits: waits()})
	case schedule.Leak:
		j.end(wire.Leak, "", o.Dump)
	case schedule.Unfinished:
		j.end(wire.Unfinished, "", o.Dump)
	}
}

func waits() (all []wire.Wait) {
	for _, w := range schedule.Waits() {
		all = append(all, wire.Wait(w))
	}
	return all
}
