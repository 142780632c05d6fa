package explore

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/interleave-lab/interleave/internal/engine/explain"
	"github.com/interleave-lab/interleave/internal/engine/schedule/record"
)

// Step is a line that a goroutine came to, in the order of a schedule.
type Step struct {
	Goroutine string        `json:"goroutine"` // "main", the test's name, or "G2"
	Place     string        `json:"place"`     // how the line is told
	File      string        `json:"file"`
	Line      int           `json:"line"`
	Code      string        `json:"code"`
	At        time.Duration `json:"at_ns"`                // of virtual time
	HeldBack  time.Duration `json:"held_back_ns"`         // by the schedule, before it; 0 if not for long
	StartedBy string        `json:"started_by,omitempty"` // of a goroutine's first step
	Times     int           `json:"times"`                // in a row
	Waits     string        `json:"waits,omitempty"`      // for what it waited there
	End       string        `json:"end,omitempty"`        // what it did when the run was over
}

// steps turns the record of a run into steps. What happened within a line, several
// locks for instance, is one step.
func (p *program) steps(root string, events []record.Event, ends []explain.End) []Step {
	name := func(id int32) string {
		if id == 0 {
			return root
		}
		return fmt.Sprint("G", id)
	}
	started := map[int32]record.Event{}
	numbers := map[uint64]int32{} // the runtime's to the record's
	held := map[int32]time.Duration{}
	last := map[int32]int{}
	steps := []Step{}
	for _, e := range events {
		switch e.Kind {
		case record.Began:
			started[e.Goroutine], numbers[e.Object] = e, e.Goroutine
		case record.HeldBack:
			if e.Long {
				held[e.Goroutine] += e.To - e.From
			}
			if e.Place < 1 || int(e.Place) > len(p.places) {
				continue
			}
			at := p.places[e.Place-1]
			step := Step{Goroutine: name(e.Goroutine), Place: p.where(at.Unit, at.Line), File: p.short(at.Unit), Line: at.Line, Code: p.code(at.Unit, at.Line), At: e.To, Times: 1, HeldBack: held[e.Goroutine]}
			held[e.Goroutine] = 0
			if by, first := started[e.Goroutine]; first && e.Goroutine != 0 {
				if by.Holder >= 0 {
					step.StartedBy = name(by.Holder)
				}
				delete(started, e.Goroutine)
			}
			last[e.Goroutine] = len(steps)
			steps = append(steps, step)
		case record.ForLock:
			if i, ok := last[e.Goroutine]; ok && e.Holder >= 0 {
				steps[i].Waits = "for the lock that " + name(e.Holder) + " holds"
			}
		}
	}
	slices.SortStableFunc(steps, func(a, b Step) int { return cmp.Compare(a.At, b.At) })
	return append(gather(steps), p.endings(name, numbers, ends, events)...)
}

// gather makes one step of several in a row that differ in time alone.
func gather(steps []Step) []Step {
	var all []Step
	for _, s := range steps {
		if n := len(all) - 1; n >= 0 && s.HeldBack == 0 && s.Waits == "" && s.StartedBy == "" {
			last := all[n]
			last.At, last.Times, last.HeldBack, last.StartedBy = s.At, 1, 0, ""
			if last == s {
				all[n].Times++
				continue
			}
		}
		all = append(all, s)
	}
	return all
}

// endings are steps for what goroutines did when the run was over.
func (p *program) endings(name func(int32) string, numbers map[uint64]int32, ends []explain.End, events []record.Event) (steps []Step) {
	var over time.Duration
	racer := int32(-1)
	for _, e := range events {
		over = max(over, e.To)
		if e.Kind == record.Raced {
			racer = e.Goroutine
		}
	}
	for i, end := range ends {
		if end.Line == 0 || end.What == "" {
			continue
		}
		step := Step{Goroutine: "another", Place: p.where(end.File, end.Line), File: p.short(end.File), Line: end.Line, Code: p.code(end.File, end.Line), At: over, Times: 1, End: end.What}
		switch id, ok := numbers[end.Goroutine]; {
		case ok:
			step.Goroutine = name(id)
		case len(numbers) == 0:
			step.Goroutine = name(0)
		case i == 0 && racer >= 0:
			step.Goroutine = name(racer)
		}
		switch end.What {
		case "reads", "writes":
			step.End += ", with nothing that orders it and the other access"
		case "panics":
		default:
			step.End = "waits for ever " + end.What
		}
		steps = append(steps, step)
	}
	return steps
}
