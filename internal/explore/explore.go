// Package explore judges ordinary Go code under many schedules, in virtual time: each
// test function of a package, or its main, in whatever module it lies.
//
// The package, with all of its own module that it reaches, is woven (package weave)
// and built with the race detector as an overlay, beside a copy of the packages that
// schedules are made of. What other modules do runs as it is, and is named.
package explore

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"regexp"
	"runtime"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/interleave-lab/interleave/internal/engine/explain"
	"github.com/interleave-lab/interleave/internal/engine/schedule/record"
	"github.com/interleave-lab/interleave/internal/engine/shrink"
	"github.com/interleave-lab/interleave/internal/explore/order"
	"github.com/interleave-lab/interleave/internal/sandbox"
	"github.com/interleave-lab/interleave/internal/scratch"
	"github.com/interleave-lab/interleave/internal/storyboard"
)

const (
	// mostSteps bounds all schedules of one subject that share a process, some 10 µs a
	// step.
	mostSteps = 500_000
	// mostTries bounds the runs that look for fewer delays.
	mostTries = 40
	// briefly is for how long goroutines are held back, at most, where it is asked whether
	// a failure depends on durations: longer than a Point's shortest sleeps, shorter than
	// what tests allow for.
	briefly        = 2 * time.Millisecond
	briefSchedules = 50
)

// Request says what to explore.
type Request struct {
	Dir   string         // of the package
	Match *regexp.Regexp // names of functions; nil: all tests, or main if there are none
	First uint64         // the first seed
	Seeds uint64         // how many

	Snippet *Snippet // of the package's main, to explore in its place; nil: none

	// Box is the sandbox in which programs run; nil: as go test runs them.
	Box *sandbox.Box

	longest time.Duration // for which goroutines are held back; 0: as ever

	// Judged is called, if it is not nil, when so many functions of all are.
	Judged func(done, all int)
}

// Report is what exploring a package showed.
type Report struct {
	Package string       `json:"package"`
	Sandbox sandbox.Tier `json:"sandbox"` // in which it ran
	Results []Result     `json:"results"`
	LeftOut []LeftOut    `json:"left_out,omitempty"`
	Native  []string     `json:"native,omitempty"` // imports that run as they are
}

// Found reports whether a function did not pass.
func (r *Report) Found() bool {
	return slices.ContainsFunc(r.Results, func(r Result) bool { return r.Verdict != explain.Passed })
}

// Result is the judgement on one function.
type Result struct {
	Name      string          `json:"name"`
	Verdict   explain.Verdict `json:"verdict"`
	Message   string          `json:"message,omitempty"`
	Schedules int             `json:"schedules"`        // it ran under, the failing one among them
	Seed      *uint64         `json:"seed,omitempty"`   // of the failing one
	Delays    []record.Delay  `json:"delays,omitempty"` // the fewest long ones with which it fails
	Replay    string          `json:"replay,omitempty"` // the command
	Steps     []Step          `json:"steps,omitempty"`
	Output    string          `json:"output,omitempty"` // what it printed in the failing schedule
	Seconds   float64         `json:"seconds"`

	Story *storyboard.Run `json:"-"` // the failing schedule, to be drawn
}

// Explore judges what the request names. An error means that nothing could be judged.
func Explore(ctx context.Context, r Request) (*Report, error) {
	dir, err := resolve(r.Dir)
	if err != nil {
		return nil, err
	}
	folder, err := scratch.New("interleave-explore-", nil)
	if err != nil {
		return nil, err
	}
	defer folder.Remove()
	overlay := ""
	if r.Snippet != nil {
		if overlay, err = r.Snippet.overlay(folder.Path); err != nil {
			return nil, err
		}
	}
	l, err := load(ctx, dir, overlay)
	if err != nil {
		return nil, err
	}
	report := &Report{Package: l.target.ImportPath, Sandbox: r.tier(), Native: l.native}
	subjects, out, err := choose(l.target, r.Match)
	if err != nil {
		return nil, err
	}
	report.LeftOut = out
	p, err := build(ctx, l, subjects, &r, folder.Path)
	if err != nil {
		return nil, err
	}
	for i := range subjects {
		if r.Judged != nil {
			r.Judged(i, len(subjects))
		}
		result, err := p.judge(ctx, &subjects[i], r)
		if err != nil {
			return nil, err
		}
		if result == nil {
			report.LeftOut = append(report.LeftOut, LeftOut{subjects[i].name, "it skips itself"})
			continue
		}
		report.Results = append(report.Results, *result)
	}
	return report, nil
}

// choose returns the functions that a request is about, and those that it would be
// about if they could be explored.
func choose(p *goPackage, match *regexp.Regexp) (chosen []subject, out []LeftOut, err error) {
	tests, main, out, err := find(p)
	if err != nil {
		return nil, nil, fmt.Errorf("Go cannot read a test of %s: %w", p.ImportPath, err)
	}
	wanted := func(name string) bool { return match == nil || match.MatchString(name) }
	chosen = slices.DeleteFunc(slices.Clone(tests), func(s subject) bool { return !wanted(s.name) })
	out = slices.DeleteFunc(out, func(o LeftOut) bool { return !wanted(o.Name) })
	if main != nil && wanted(main.name) && (len(tests) == 0 || match != nil) {
		chosen = append(chosen, *main)
	}
	switch {
	case len(chosen) > 0:
		return chosen, out, nil
	case match != nil && (len(tests) > 0 || main != nil):
		return nil, nil, fmt.Errorf("no test function of %s, nor main, matches %q", p.ImportPath, match)
	default:
		return nil, nil, fmt.Errorf("%s has neither a test function nor a main: write a func TestX(t *testing.T) that uses it", p.ImportPath)
	}
}

// judge explores one function. A test that skips itself has no result.
func (p *program) judge(ctx context.Context, s *subject, r Request) (*Result, error) {
	began := time.Now()
	one, schedules, err := p.search(ctx, s, r)
	if err == nil && callsRun.MatchString(one.stderr) {
		s.subtests = true
		one, schedules, err = p.search(ctx, s, r)
	}
	if err != nil {
		return nil, err
	}
	if one.skipped && !one.failed && one.event == nil {
		return nil, nil
	}
	result := &Result{Name: cmp.Or(one.test, s.name), Schedules: schedules}
	if one.passed {
		result.Name = s.name
	}
	if p.snippet != nil {
		result.Name = "the snippet"
	}
	result.Verdict, result.Message = p.verdict(one, s)
	if result.Verdict != explain.Passed {
		seed := one.seed
		result.Seed, result.Schedules = &seed, int(seed-r.First+1)
		result.Replay = fmt.Sprintf("interleave explore %s --run '^%s$' --seed %d", r.Dir, s.name, seed)
		if r.Box != nil {
			result.Replay += fmt.Sprint(" --sandbox ", r.Box.Tier)
		}
		if p.snippet != nil {
			result.Replay = fmt.Sprintf("explore.Seed(%d, func() { … })", seed)
		}
		result.Output = one.printed()
		if err := p.replay(ctx, s, one, result); err != nil {
			return nil, err
		}
		if err := p.askTime(ctx, s, r, result); err != nil {
			return nil, err
		}
	}
	result.Seconds = time.Since(began).Seconds()
	return result, nil
}

// askTime finds out whether a function fails for the order of its goroutines, or because
// of how long they are held back, and says so: a test may ask for durations that it has on
// any machine that is not very slow.
func (p *program) askTime(ctx context.Context, s *subject, r Request, result *Result) error {
	if len(result.Delays) == 0 {
		return nil // it fails without
	}
	r.First, r.Seeds, r.longest = *result.Seed, briefSchedules, briefly
	one, _, err := p.search(ctx, s, r)
	if err != nil {
		return err
	}
	if verdict, _ := p.verdict(one, s); verdict == explain.Passed {
		result.Message += fmt.Sprintf("\nWith goroutines held back for milliseconds instead of seconds it passes, under %d schedules. "+
			"So it depends on how long something takes: a timeout that fires on a slow machine alone, or a sleep in the place of waiting?", briefSchedules)
	}
	return nil
}

// search runs schedules until one does not end as it should, and returns the process
// that ended so, or the last.
func (p *program) search(ctx context.Context, s *subject, r Request) (*ending, int, error) {
	if !p.keeps {
		return p.searchTogether(ctx, s, r)
	}
	// A process of its own for each: what one run leaves in variables would change the
	// next. They go together, as many as there are processors, and the first that fails
	// is the one of the lowest seed.
	for at := uint64(0); ; {
		together := min(uint64(runtime.NumCPU()), 8, r.Seeds-at)
		all := make([]*ending, together)
		var group errgroup.Group
		for i := range all {
			group.Go(func() (err error) {
				all[i], err = p.run(ctx, order.Order{Subject: s.name, Subtests: s.subtests, First: r.First + at + uint64(i), Count: 1, All: true, Longest: r.longest}, nil)
				return err
			})
		}
		if err := errors.Join(group.Wait(), ctx.Err()); err != nil {
			return nil, 0, err
		}
		for i, one := range all {
			if verdict, _ := p.verdict(one, s); verdict != explain.Passed || one.skipped || at+uint64(i)+1 == r.Seeds {
				return one, int(at) + i + 1, nil
			}
		}
		at += together
	}
}

// searchTogether lets schedules share a process. One that is over early, since a main
// has ended it, is followed by another.
func (p *program) searchTogether(ctx context.Context, s *subject, r Request) (one *ending, schedules int, err error) {
	for uint64(schedules) < r.Seeds {
		one, err = p.run(ctx, order.Order{Subject: s.name, Subtests: s.subtests, First: r.First + uint64(schedules), Count: r.Seeds - uint64(schedules), Steps: mostSteps, All: true, Longest: r.longest}, nil)
		if err = errors.Join(ctx.Err(), err); err != nil {
			return nil, 0, err
		}
		schedules += one.schedules
		if verdict, _ := p.verdict(one, s); verdict != explain.Passed || one.skipped || one.schedules == 0 || !one.early() {
			break
		}
	}
	return one, schedules, nil
}

// replay runs the failing schedule again with ever fewer delays, and records it.
func (p *program) replay(ctx context.Context, s *subject, failed *ending, result *Result) error {
	log, err := record.Create(p.dir)
	if err != nil {
		return err
	}
	defer log.Close()
	var events []record.Event
	var ends []explain.End
	other := "" // how it ended when it did not end so
	try := func(only *string) (same bool, err error) {
		one, err := p.again(ctx, s, failed, only, log)
		if err = errors.Join(ctx.Err(), err); err != nil {
			return false, err
		}
		verdict, message := p.verdict(one, s)
		if verdict != result.Verdict {
			other = fmt.Sprintf("%s (%s)", verdict, message)
			return false, nil
		}
		if events, err = shrink.Events(log); err != nil {
			return false, err
		}
		result.Message, result.Output = message, one.printed()
		ends = p.ends(one)
		result.Story = p.story(result, events, ends)
		return true, nil
	}
	if result.Verdict == explain.Inconclusive || result.Verdict == explain.Timeout {
		return nil // it would take as long again, and there is nothing to see
	}
	same, err := try(nil)
	if err != nil {
		return err
	}
	if !same {
		result.Message += " It did not show again under the same seed, which was " + other +
			": something beside the schedule decides, such as real time or random numbers of its own."
		return nil
	}
	// One after the other: programs of all kinds may use the same files and ports.
	search := shrink.Search{Tries: mostTries}
	result.Delays, _, err = shrink.Delays(ctx, shrink.Long(events), search, func(_ context.Context, rest []record.Delay) (*bool, error) {
		only := record.FormatDelays(rest)
		same, err := try(&only)
		if !same {
			return nil, err
		}
		return &same, err
	})
	result.Steps = p.steps(result.Name, events, ends)
	return err
}

// ends is what goroutines did when a run was over.
func (p *program) ends(one *ending) []explain.End {
	switch words := p.explains(); {
	case one.races() != "":
		return words.RaceEnds(one.races())
	case one.event != nil:
		return words.EventEnds(one.event)
	default:
		return words.PanicEnds(one.stderr)
	}
}
