package grade

import (
	"context"
	"errors"
	"os"
	"runtime"
	"sync"

	"github.com/interleave-lab/interleave/internal/engine"
	"github.com/interleave-lab/interleave/internal/exercise"
	"github.com/interleave-lab/interleave/internal/notebook"
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
	notebook   *notebook.Notebook
	err        error // why there is no notebook
}

// plan reads every submission and decides what it is judged on.
func plan(all []*exercise.Exercise, submissions []Submission) []task {
	held := make([]task, len(submissions))
	days := map[int]bool{} // days that somebody handed in
	for i, s := range submissions {
		held[i].submission = s
		held[i].notebook, held[i].err = read(s.Path)
		for day := range daysOf(held[i].notebook, all) {
			days[day] = true
		}
	}
	var tasks []task
	for _, t := range held {
		own := daysOf(t.notebook, all)
		if len(own) == 0 {
			// Unreadable, or nothing of the course in it: all the others' days.
			own = days
			if t.err == nil {
				t.err = &exercise.SourceError{Kind: exercise.Unreadable, Message: "The notebook holds no graded cell of this course."}
			}
		}
		before := len(tasks)
		for _, ex := range all {
			if own[ex.Day] {
				t.exercise = ex
				tasks = append(tasks, t)
			}
		}
		if len(tasks) == before {
			tasks = append(tasks, t)
		}
	}
	return tasks
}

func read(path string) (*notebook.Notebook, error) {
	info, err := os.Lstat(path)
	if err == nil && !info.Mode().IsRegular() {
		return nil, &exercise.SourceError{Kind: exercise.Unreadable, Message: "A link, or no file at all, stands in the notebook's place."}
	}
	const largest = 64 << 20
	if err == nil && info.Size() > largest {
		return nil, &exercise.SourceError{Kind: exercise.Unreadable, Message: "The notebook is larger than 64 MB: hand it in without outputs."}
	}
	return exercise.ReadNotebook(path)
}

func daysOf(n *notebook.Notebook, all []*exercise.Exercise) map[int]bool {
	days := map[int]bool{}
	if n == nil {
		return days
	}
	for _, c := range n.Cells {
		slug := exercise.Belongs(c)
		for _, ex := range all {
			if ex.Slug == slug {
				days[ex.Day] = true
			}
		}
	}
	return days
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
	} else if program, err := t.exercise.FromNotebook(t.notebook); err != nil {
		r = e.Refuse(t.exercise, err, engine.All)
	} else {
		r = e.Judge(ctx, t.exercise, program, engine.All)
	}
	row.Exercise, row.Verdict, row.Points, row.MaxPoints = r.Exercise, r.Verdict, r.Points, r.MaxPoints
	row.Message, row.Report = r.Message, r
	return row
}
