package explore

import (
	"fmt"
	"strings"

	"github.com/interleave-lab/interleave/internal/engine/explain"
	"github.com/interleave-lab/interleave/internal/engine/schedule/record"
	"github.com/interleave-lab/interleave/internal/engine/weave"
	"github.com/interleave-lab/interleave/internal/storyboard"
)

// story is what a storyboard needs of a failing schedule.
func (p *program) story(result *Result, events []record.Event, ends []explain.End) *storyboard.Run {
	quotes := map[weave.Place]string{}
	reader := func(file string, line int) weave.Place {
		at := weave.Place{Unit: p.short(file), Line: line}
		if p.isSnippet(file) {
			at = p.snippet.place(line)
		}
		quotes[at] = p.code(file, line)
		return at
	}
	run := &storyboard.Run{
		Title: fmt.Sprintf("%s%s under schedule %d", strings.ToUpper(string(result.Verdict[:1])), result.Verdict[1:], *result.Seed),
		Root:  result.Name, Seed: *result.Seed, Verdict: result.Verdict, Events: events,
		Quote: func(file string, line int) string { return quotes[weave.Place{Unit: file, Line: line}] },
	}
	for _, at := range p.places {
		run.Places = append(run.Places, reader(at.Unit, at.Line))
	}
	for _, end := range ends {
		if end.Line > 0 {
			at := reader(end.File, end.Line)
			end.File, end.Line = at.Unit, at.Line
		}
		if from := end.From.At; from.Line > 0 {
			at := reader(from.File, from.Line)
			end.From.At = explain.Call{File: at.Unit, Line: at.Line}
		}
		run.Ends = append(run.Ends, end)
	}
	return run
}
