package grade

import (
	"context"
	"errors"
	"slices"
	"sync"

	"github.com/interleave-lab/interleave/internal/engine"
	"github.com/interleave-lab/interleave/internal/exercise"
	"github.com/interleave-lab/interleave/internal/report"
)

const (
	// together is how many programs are built at once: linking one binary takes as
	// long as judging a program, so that twenty share it well, and a class of forty
	// still keeps two processors busy.
	together = 20
	// underWay is how many such groups are: some run while others are linked.
	underWay = 3
)

// Options say how to go about it. The zero value is fine.
type Options struct {
	// Journal, if not nil, has what an earlier run judged, and keeps what this one does.
	Journal *Journal
	// Progress, if not nil, is called after each row, by one goroutine at a time.
	Progress func(done, total int)
}

// Run judges every exercise of every submission and returns the rows in the
// order of the submissions and, within one, of the course. Whoever holds an
// exercise of a day is judged on all of that day: what is missing earns nothing.
//
// Run returns early, with an error, only when ctx ends or the journal cannot be
// written.
func Run(ctx context.Context, e *engine.Engine, all []*exercise.Exercise, submissions []Submission, o Options) ([]report.Row, error) {
	tasks := plan(all, submissions)
	r := &run{engine: e, options: o, tasks: tasks, rows: make([]report.Row, len(tasks))}
	groups, err := r.prepare(ctx)
	if err != nil {
		return nil, err
	}
	next := make(chan []int)
	var workers sync.WaitGroup
	for range underWay {
		workers.Go(func() {
			for group := range next {
				r.judge(ctx, group)
			}
		})
	}
feed:
	for _, group := range groups {
		select {
		case next <- group:
		case <-ctx.Done():
			break feed
		}
	}
	close(next)
	workers.Wait()
	return r.rows, errors.Join(ctx.Err(), r.failed)
}

type run struct {
	engine  *engine.Engine
	options Options
	tasks   []task

	mu     sync.Mutex // protects what follows
	rows   []report.Row
	done   int
	failed error // the journal's
}

// prepare enters the rows that need no judge: what was judged before, and what holds
// no program. It returns the numbers of the other tasks in groups of one exercise.
func (r *run) prepare(ctx context.Context) (groups [][]int, err error) {
	tier, err := r.engine.Confine(ctx)
	if err != nil {
		return nil, err
	}
	open := map[*exercise.Exercise][]int{}
	versions := map[*exercise.Exercise]string{}
	var order []*exercise.Exercise
	for i := range r.tasks {
		t := &r.tasks[i]
		if t.program == nil {
			r.enter(i, t.refused(r.engine))
			continue
		}
		if _, known := versions[t.exercise]; !known {
			if versions[t.exercise], err = r.engine.Version(ctx, t.exercise); err != nil {
				return nil, err
			}
			order = append(order, t.exercise)
		}
		t.key = r.options.Journal.key(versions[t.exercise], tier, t)
		if row, ok := r.options.Journal.find(t.key); ok {
			r.enter(i, row)
			continue
		}
		open[t.exercise] = append(open[t.exercise], i)
	}
	for _, ex := range order {
		groups = slices.AppendSeq(groups, slices.Chunk(open[ex], together))
	}
	return groups, nil
}

// judge judges a group of tasks, and lets the journal keep it for good.
func (r *run) judge(ctx context.Context, group []int) {
	programs := make([]*exercise.Program, len(group))
	for n, i := range group {
		programs[n] = r.tasks[i].program
	}
	r.engine.JudgeAll(ctx, r.tasks[group[0]].exercise, programs, engine.All, func(n int, report *engine.Report) {
		if ctx.Err() == nil { // what an interrupted run shows is worth nothing
			i := group[n]
			row := r.tasks[i].row(report)
			r.enter(i, row)
			r.keep(r.options.Journal.add(r.tasks[i].key, row))
		}
	})
	r.keep(r.options.Journal.sync())
}

func (r *run) enter(i int, row report.Row) {
	r.mu.Lock()
	defer r.mu.Unlock()
	row.Origin = r.tasks[i].origin // the present one, whenever the row was judged
	r.rows[i] = row
	r.done++
	if r.options.Progress != nil {
		r.options.Progress(r.done, len(r.tasks))
	}
}

func (r *run) keep(err error) {
	if err != nil {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.failed = err
	}
}
