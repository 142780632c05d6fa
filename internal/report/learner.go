package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/interleave-lab/interleave/internal/engine"
	"github.com/interleave-lab/interleave/internal/engine/explain"
	"github.com/interleave-lab/interleave/internal/storyboard"
	"github.com/interleave-lab/interleave/kernel-helpers/display"
)

// Learner is a judgement as the learner sees it: with the story of the first check that
// failed under a schedule.
type Learner struct {
	*engine.Report
	Judged string         `json:"judged,omitempty"` // what was judged, in a few words
	Again  string         `json:"again,omitempty"`  // how to see the same schedule again
	Steps  []string       `json:"steps,omitempty"`  // of the failing schedule, in their order
	Chart  display.Bundle `json:"chart,omitempty"`  // the same as a picture
}

// ForLearner tells a judgement to a learner: of what, in a few words, and how to see
// the schedule with a seed again.
func ForLearner(r *engine.Report, judged string, again func(seed uint64) string) *Learner {
	l := &Learner{Report: r, Judged: judged}
	if r.Replay == nil {
		return l
	}
	l.Again = again(r.Replay.Seed)
	if s := story(r.Replay, says(r)); s != nil {
		l.Steps = s.Lines()
		if bundle, err := s.Chart().Bundle(); err == nil {
			l.Chart = bundle
		}
	}
	return l
}

// says is what the check says whose replay there is.
func says(r *engine.Report) string {
	i := slices.IndexFunc(r.Checks, func(c engine.Result) bool { return c.Name == r.Replay.Check })
	return r.Checks[i].Message
}

// story tells a replay of a check that says what is wrong.
func story(r *engine.Replay, says string) *storyboard.Story {
	name := string(r.Verdict)
	return storyboard.New(storyboard.Run{
		Title: fmt.Sprintf("%s%s under schedule %d", strings.ToUpper(name[:1]), name[1:], r.Seed),
		Root:  explain.Check, Seed: r.Seed, Verdict: r.Verdict, Says: says, Events: r.Events, Places: r.Places, Ends: r.Ends,
		Quote: func(unit string, line int) string {
			if lines := r.Lines[unit]; line >= 1 && line <= len(lines) {
				return strings.TrimSpace(lines[line-1])
			}
			return ""
		},
	})
}

// Text writes the judgement for a person at a terminal.
func (l *Learner) Text(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n", l.Exercise, l.Title)
	writeChecks(&b, l.Report)
	if l.Steps != nil {
		i := slices.IndexFunc(l.Checks, func(c engine.Result) bool { return c.Name == l.Replay.Check })
		fmt.Fprintf(&b, "  Step by step, where it goes wrong (%s):\n", l.Checks[i].Sentence)
		for _, line := range l.Steps {
			fmt.Fprintf(&b, "    %s\n", line)
		}
		fmt.Fprintf(&b, "  Run the same schedule again: %s\n", l.Again)
	}
	if l.Judged != "" {
		fmt.Fprintf(&b, "  judged: %s\n", l.Judged)
	}
	if l.Sandbox != "" {
		fmt.Fprintf(&b, "  sandbox: %s\n", l.Sandbox)
	}
	for _, note := range l.Notes {
		fmt.Fprintf(&b, "  note: %s\n", note)
	}
	fmt.Fprintln(&b, Summary(l.Report))
	_, err := io.WriteString(w, b.String())
	return err
}
