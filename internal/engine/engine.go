// Package engine judges one program: it filters it, builds it with the race
// detector, runs it against its checks in a process of its own, and says in
// words what it found. Learner's code never runs in the engine's process.
//
// One engine stands behind the check cell, interleave check and interleave
// grade. A pass must be proved: each check's name is known before the run, and
// what does not come back as passed on a channel that the program cannot reach
// has not passed.
package engine

import (
	"context"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/interleave-lab/interleave/internal/engine/explain"
	"github.com/interleave-lab/interleave/internal/engine/filter"
	"github.com/interleave-lab/interleave/internal/engine/toolchain"
	"github.com/interleave-lab/interleave/internal/engine/weave"
	"github.com/interleave-lab/interleave/internal/exercise"
	"github.com/interleave-lab/interleave/internal/sandbox"
	"github.com/interleave-lab/interleave/internal/scratch"
)

// Engine judges programs for the exercises of one clone. It is safe for
// concurrent use.
type Engine struct {
	// Preparing, if not nil, is called when the first judgement takes longer than
	// others because packages are compiled for it: after Go or the course has changed.
	Preparing func()

	// Sandbox is the tier in which programs run; empty, the strongest that holds.
	Sandbox sandbox.Tier

	root string
	confinement

	mu     sync.Mutex           // protects what follows
	tools  *toolchain.Toolchain // nil until the first judgement
	broken error                // why there are none

	once  sync.Once
	slots chan struct{} // bounds what JudgeAll does at a time
}

// New returns an engine for the clone at root.
func New(root string) (*Engine, error) {
	// The runtime prints positions with links resolved.
	root, err := filepath.EvalSymlinks(root)
	if err != nil {
		return nil, err
	}
	root, err = filepath.Abs(root)
	return &Engine{root: root}, err
}

const (
	// schedules is under how many schedules a check runs that asks for them.
	schedules = 200
	// mostSteps bounds all its schedules together, some 2 µs a step: a check of many
	// goroutines has fewer schedules. A bound in time would make verdicts depend on how
	// busy the machine is.
	mostSteps = 8_000
	// leastSchedules are judged whatever steps they take: within ten, nearly every
	// mistake shows (schedule/testdata).
	leastSchedules = 10
)

// Scope says which checks a program is judged by.
type Scope int

// Learners run the public checks; graders run all.
const (
	Public Scope = iota
	All
)

// Judge builds and runs the program. Whatever goes wrong is in the report; what
// is not the program's fault is a GraderFault. It returns early when ctx ends.
func (e *Engine) Judge(ctx context.Context, ex *exercise.Exercise, p *exercise.Program, scope Scope) *Report {
	return e.judge(ctx, ex, p, scope, func(*judgement) {})
}

// judge calls built once the program can be run.
func (e *Engine) judge(ctx context.Context, ex *exercise.Exercise, p *exercise.Program, scope Scope, built func(*judgement)) *Report {
	began := time.Now()
	folder, err := scratch.New("interleave-judge-", nil)
	if err != nil {
		return (&Report{Exercise: ex.Slug, Title: ex.Title}).fault(err)
	}
	defer folder.Remove()
	j := e.begin(ex, p, scope, folder.Path)
	defer func() { j.report.Seconds = time.Since(began).Seconds() }()
	defer e.tryMeanwhile(ctx, scope)()
	if j.report.Verdict == "" && j.built(j.build(ctx)) {
		built(j)
		j.judge(ctx)
	}
	return j.report
}

// begin makes a judgement that works in dir. If the program may not even be built,
// its report has a verdict.
func (e *Engine) begin(ex *exercise.Exercise, p *exercise.Program, scope Scope, dir string) *judgement {
	r := &Report{Exercise: ex.Slug, Title: ex.Title, Notes: slices.Clone(p.Notes), Sandbox: e.tier()}
	if err := r.register(ex, scope); err != nil {
		r.fault(err)
	} else if why := filter.Refuses(ex, p); why != "" {
		r.none(Rejected, why)
	}
	return &judgement{engine: e, exercise: ex, program: p, scope: scope, dir: dir, report: r, schedules: schedules}
}

// built reports whether a build went well. If not, the report says why.
func (j *judgement) built(err error) bool {
	var refused *compileError
	switch {
	case errors.As(err, &refused):
		j.report.none(CompileError, refused.Error())
	case err != nil:
		j.report.fault(err)
	}
	return err == nil
}

// judge runs the checks of a program that was built, and concludes the report.
func (j *judgement) judge(ctx context.Context) {
	err := j.run(ctx)
	if err == nil && j.scope == Public { // a learner is there who wants to know why
		err = j.replay(ctx)
	}
	if err != nil {
		j.report.fault(err)
		return
	}
	j.report.conclude(j.exercise.Caps)
}

// judgement is one program on its way through the engine.
type judgement struct {
	engine   *Engine
	exercise *exercise.Exercise
	program  *exercise.Program
	scope    Scope
	dir      string // scratch, removed at the end
	report   *Report

	suffix   string              // sets its packages apart from others' in the same binary
	text     []byte              // the program's, woven
	archives []toolchain.Archive // the learner's package and the checks'
	merged   bool                // the hidden checks are in the package of the public ones
	binary   string              // that holds the program
	number   int                 // of the program in it

	first, schedules uint64 // the seeds that checks run under
	places           []weave.Place
}

// explains returns what tells what was found of the program.
func (j *judgement) explains() *explain.Program {
	limits := j.exercise.Limits
	return &explain.Program{
		Package: j.learnerPath(), Checks: []string{path.Join(j.exercise.ImportPath(), "checks"), j.hiddenPath()}, Schedule: weave.Schedule, Root: explain.Check, Unwritten: exercise.NotWritten,
		CPU: limits.CPU(), Wall: limits.Wall(), MemoryMB: limits.MemoryMB,
		Line: func(file string, line int) (string, bool) {
			unit, ok := j.unit(file)
			if !ok {
				return "", false
			}
			return j.at(unit, line), true
		},
	}
}

// Refuse returns the report on a learner's source out of which no program could
// be taken, or a GraderFault for any other error.
func (e *Engine) Refuse(ex *exercise.Exercise, err error, scope Scope) *Report {
	r := &Report{Exercise: ex.Slug, Title: ex.Title, Sandbox: e.tier()}
	if regErr := r.register(ex, scope); regErr != nil {
		return r.fault(regErr)
	}
	var source *exercise.SourceError
	if !errors.As(err, &source) {
		return r.fault(err)
	}
	switch source.Kind {
	case exercise.Broken, exercise.Missing:
		return r.none(CompileError, source.Error())
	case exercise.Unrun:
		return r.none(NotRunYet, source.Error())
	default:
		return r.none(Rejected, source.Error())
	}
}

// register fills in the checks that are expected, none of them passed.
func (r *Report) register(ex *exercise.Exercise, scope Scope) error {
	checks := ex.Checks
	if scope == All {
		hidden, err := ex.Solution.Hidden()
		if err != nil {
			return err
		}
		if len(hidden) == 0 {
			return fmt.Errorf("%s/hidden holds no check: name the folder of the solutions with --solutions", ex.Solution.Dir)
		}
		checks = append(checks[:len(checks):len(checks)], hidden...)
	}
	r.MaxPoints = exercise.Points(checks)
	for _, c := range checks {
		r.Checks = append(r.Checks, Result{Name: c.Name, Sentence: c.Sentence, Hidden: c.Hidden, Verdict: NotRun, MaxPoints: c.Points})
	}
	return nil
}

// none ends a judgement before any check ran.
func (r *Report) none(v Verdict, message string) *Report {
	r.Verdict, r.Message, r.Points = v, message, 0
	return r
}

func (r *Report) fault(err error) *Report {
	return r.none(GraderFault, "The checks could not be run, which is no fault of the program: "+strings.TrimSpace(err.Error()))
}
