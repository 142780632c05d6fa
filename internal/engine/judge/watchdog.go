package judge

import (
	"slices"
	"strings"
	"time"

	"github.com/interleave-lab/interleave/internal/engine/outlook"
	"github.com/interleave-lab/interleave/internal/engine/stack"
	"github.com/interleave-lab/interleave/internal/engine/wire"
)

const (
	look = 25 * time.Millisecond // between two looks at the program
	// glimpse is the same while schedules run, in which virtual time finds nearly all.
	glimpse = 2 * look
	// suspicious looks in a row that find the same goroutines, all of them waiting,
	// are a reason to ask the system: stacks do not tell a select with a timer from
	// one without, nor what a child process does for which one waits. Load does not
	// matter: a goroutine that only lacks a processor is runnable, not waiting.
	suspicious = 3
	// seldom is after how many looks to ask again, at the latest.
	seldom = 20
	// hopeless looks make a deadlock where the system tells nothing. A timer for
	// longer than that is then taken for one.
	hopeless = 200
)

// watch ends hopeless runs: a check that uses up its time or memory, and one in
// which every goroutine waits for another. The race detector's build never says
// "all goroutines are asleep" by itself.
func (j *judge) watch() {
	var before []int
	same, ask := 0, suspicious
	cpuBefore := cpuTime()
	var turn turn
	for pause := look; ; outlook.Nap(pause) {
		now := cpuTime()
		busy := now.since(cpuBefore).all() > look/2
		cpuBefore = now
		begun := turn.follows(j.turns.Load(), now)
		if pause = look; j.scheduled.Load() {
			pause = glimpse
		}
		j.mu.Lock()
		test := j.test
		j.mu.Unlock()
		switch kind, text := exceeded(residentMB(), now.since(turn.cpu).computed(), time.Since(turn.began), j.scheduled.Load()); {
		case kind == wire.Memory:
			// At once, without a dump: that waits for goroutines, one of which may
			// be filling gigabytes.
			j.end(kind, text, "")
		case kind != "" && test != "":
			event := wire.Event{Kind: kind, Text: text, Stack: goroutines()}
			if alive, waiting := outlook.Children(); alive == waiting {
				event.Waiting = waiting
			}
			j.endWith(event)
		}
		// A dump is dear, most of all with the race detector, and a check or a
		// schedule that has only begun shows that the last one ended.
		if test == "" || busy || begun {
			same = 0
			continue
		}
		ids, how := allWait(goroutines())
		if how == not || !slices.Equal(ids, before) {
			before, same, ask = ids, 0, suspicious
			continue
		}
		if same++; same < ask {
			continue
		}
		answer := outlook.AskLast(stillLooks)
		if answer == outlook.Moving {
			ask = same + min(same, seldom) // it takes processor time, which is the program's
			continue
		}
		// The dump is older than the answer.
		dump := goroutines()
		ids, how = allWait(dump)
		if how == not || !slices.Equal(ids, before) {
			continue
		}
		if answer == outlook.Still || how == forGoroutines && same >= hopeless {
			j.endWith(wire.Event{Kind: wire.Deadlock, Stack: dump, Children: j.family.stacks()})
		}
	}
}

// turn is what the watchdog knows of what runs: which it is, and since when, to a look.
// There are thousands in a second, none of which can afford to ask what time it is.
type turn struct {
	number uint64
	began  time.Time
	cpu    processorTime // what the process had had then
}

// follows reports whether another turn than the one that is known has come since.
func (t *turn) follows(number uint64, cpu processorTime) bool {
	if t.number == number && !t.began.IsZero() {
		return false
	}
	*t = turn{number, time.Now(), cpu}
	return true
}

// share is the part of a check's processor time that one of its schedules may take:
// hundreds of them fit into a second, and what computes for so long alone never ends.
const share = 12

// Whoever fills the memory without an end is told so, and not that it computes: from a part
// of the memory on, a schedule may take so many shares.
const (
	filling       = 4
	fillingShares = 4
)

// exceeded says which limit of a check, or of one of its schedules, is used up; "" if
// none is.
func exceeded(residentMB int, cpu, wall time.Duration, scheduled bool) (kind, text string) {
	part := *cpuLimit / share
	if residentMB > *memory/filling {
		part *= fillingShares
	}
	switch {
	case residentMB > *memory:
		return wire.Memory, ""
	case scheduled && cpu > part:
		return wire.Timeout, "schedule"
	case cpu > *cpuLimit:
		return wire.Timeout, "processor"
	case wall > *wallLimit:
		return wire.Timeout, "clock"
	}
	return "", ""
}

// stillLooks of the system's must find that nothing moves before a verdict.
const stillLooks = 12

// waiting is whether all goroutines wait, as their stacks have it.
type waiting int

const (
	not           waiting = iota
	forGoroutines         // each for another
	forAnything           // or for what comes from outside, such as from a child process
)

// allWait returns the goroutines of a dump, ours left out, and whether all wait.
func allWait(dump string) (ids []int, how waiting) {
	how = forGoroutines
	for _, g := range stack.Parse(dump) {
		switch {
		case ours(g):
			continue
		case g.Blocked():
		case (g.State == "IO wait" || g.State == "syscall") && !looks(g):
			how = forAnything
		default:
			return nil, not
		}
		ids = append(ids, g.ID)
	}
	return ids, how
}

// looks reports whether a goroutine asks whether the program can go on, as we do: what
// it makes of the answer is still to come.
func looks(g stack.Goroutine) bool {
	return slices.ContainsFunc(g.Frames, func(f stack.Frame) bool {
		return strings.Contains(f.Func, "/engine/outlook.")
	})
}
