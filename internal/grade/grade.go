package grade

import (
	"context"
	"errors"
	"runtime"
	"sync"

	"github.com/interleave-lab/interleave/internal/engine"
	"github.com/interleave-lab/interleave/internal/exercise"
	"github.com/interleave-lab/interleave/internal/report"
)

// Run judges every exercise of every submission and returns the rows in the
// order of the submissions and, within one, of the course. Whoever holds an
// exercise of a day is judged on all of that day: what is missing earns nothing.
//
// progress, which may be nil, is called after each row, by one goroutine at a
// time. Run returns early, with ctx's error, only when ctx ends.
func Run(ctx context.Context, e *engine.Engine, all []*exercise.Exercise, submissions []Submission, progress func(done, total int)) ([]report.Row, error) {
	tasks := plan(all, submissions)
	rows := make([]report.Row, len(tasks))
	next := make(chan int)
	var workers sync.WaitGroup
	var mu sync.Mutex // serialises progress
	done := 0
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for i := range next {
				rows[i] = tasks[i].judge(ctx, e)
				mu.Lock()
				done++
				if progress != nil {
					progress(done, len(tasks))
				}
				mu.Unlock()
			}
		})
	}
feed:
	for i := range tasks {
		select {
		case next <- i:
		case <-ctx.Done():
			break feed
		}
	}
	close(next)
	workers.Wait()
	return rows, ctx.Err()
}

// task is one row to come.
type task struct {
	submission Submission
	exercise   *exercise.Exercise // nil when nothing tells which
	work       *exercise.HandedIn
	err        error // why there is none
}

// plan reads every submission and decides what it is judged on.
func plan(all []*exercise.Exercise, submissions []Submission) []task {
	held := make([]task, len(submissions))
	owed := make([][]*exercise.Exercise, len(submissions))
	days := map[int]bool{} // days that somebody handed in
	for i, s := range submissions {
		held[i].submission = s
		if held[i].work, held[i].err = exercise.OpenHandedIn(s.Path); held[i].err != nil {
			continue
		}
		owed[i] = held[i].work.Owes(all)
		for _, ex := range owed[i] {
			days[ex.Day] = true
		}
	}
	var tasks []task
	for i, t := range held {
		if len(owed[i]) == 0 {
			// Unreadable, or nothing of the course in it: all the others' days.
			for _, ex := range all {
				if days[ex.Day] {
					owed[i] = append(owed[i], ex)
				}
			}
			if t.err == nil {
				t.err = &exercise.SourceError{Kind: exercise.Unreadable, Message: "It holds no answer to an exercise of this course: hand in the course's notebook, or Go files that are named after their exercise."}
			}
		}
		for _, ex := range owed[i] {
			t.exercise = ex
			tasks = append(tasks, t)
		}
		if len(owed[i]) == 0 {
			tasks = append(tasks, t)
		}
	}
	return tasks
}

func (t *task) judge(ctx context.Context, e *engine.Engine) report.Row {
	row := report.Row{Submission: t.submission.Name}
	if t.exercise == nil {
		row.Verdict, row.Message = engine.Rejected, t.err.Error()
		var source *exercise.SourceError
		if !errors.As(t.err, &source) {
			row.Verdict = engine.GraderFault
		}
		return row
	}
	var r *engine.Report
	if t.err != nil {
		r = e.Refuse(t.exercise, t.err, engine.All)
	} else if program, err := t.exercise.From(t.work); err != nil {
		r = e.Refuse(t.exercise, err, engine.All)
	} else {
		r = e.Judge(ctx, t.exercise, program, engine.All)
	}
	row.Exercise, row.Verdict, row.Points, row.MaxPoints = r.Exercise, r.Verdict, r.Points, r.MaxPoints
	row.Message, row.Report = r.Message, r
	return row
}
