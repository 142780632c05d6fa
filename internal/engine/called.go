package engine

import (
	"os"

	"github.com/interleave-lab/interleave/internal/engine/wire"
)

// called is whether the answer may have a part in how a check ended: not if nothing of it
// has run. It may all the same if its child processes run it, or if checks use more of it
// than functions and types that are as the task has them.
func (j *judgement) called(one *ending) wire.Called {
	switch {
	case one.running == "" && one.event == nil:
		return wire.Maybe // it ended before it noted anything
	case one.called != wire.Never && one.called != wire.Before:
		return one.called
	}
	stub, err := os.ReadFile(j.exercise.StubPath())
	if err != nil || j.exercise.Limits.Processes > 0 || j.mismatch() != "" {
		return wire.Maybe
	}
	known := declared(stub)
	for _, name := range j.exercise.Entry {
		if known[name] == "" {
			return wire.Maybe
		}
	}
	return one.called
}
