package grade

import (
	"errors"
	"slices"

	"github.com/interleave-lab/interleave/internal/engine"
	"github.com/interleave-lab/interleave/internal/exercise"
	"github.com/interleave-lab/interleave/internal/report"
)

// task is one row to come.
type task struct {
	submission Submission
	exercise   *exercise.Exercise // nil when nothing tells which
	program    *exercise.Program  // nil when there is none
	err        error              // why
	origin     *exercise.Origin   // of which release the notebook is; nil when it is none
	key        string             // what a journal knows the row by
}

// plan reads every submission and decides what it is judged on. Of what is read it
// keeps the programs: notebooks with pictures in them would fill the memory.
func plan(all []*exercise.Exercise, submissions []Submission) []task {
	tasks := make([][]task, len(submissions))
	days := map[int]bool{} // days that somebody handed in
	for i, s := range submissions {
		for _, t := range tasksOf(all, s) {
			if t.exercise != nil {
				days[t.exercise.Day] = true
			}
			tasks[i] = append(tasks[i], t)
		}
	}
	for i, t := range tasks {
		if t[0].exercise != nil {
			continue
		}
		// Unreadable, or nothing of the course in it: all the others' days.
		lacks := t[0]
		tasks[i] = nil
		for _, ex := range all {
			if days[ex.Day] {
				lacks.exercise = ex
				tasks[i] = append(tasks[i], lacks)
			}
		}
		if tasks[i] == nil {
			tasks[i] = t
		}
	}
	return slices.Concat(tasks...)
}

// tasksOf returns a task for each exercise that a submission is judged on, or one
// without an exercise if nothing tells which.
func tasksOf(all []*exercise.Exercise, s Submission) (tasks []task) {
	work, err := exercise.OpenHandedIn(s.Path)
	if err == nil {
		for _, ex := range work.Owes(all) {
			t := task{submission: s, exercise: ex, origin: ex.OriginOf(work)}
			t.program, t.err = ex.From(work)
			tasks = append(tasks, t)
		}
		err = &exercise.SourceError{Kind: exercise.Unreadable, Message: "It holds no answer to an exercise of this course: hand in the course's notebook, or Go files that are named after their exercise."}
	}
	if tasks == nil {
		tasks = []task{{submission: s, err: err}}
	}
	return tasks
}

// refused is the row of a task without a program.
func (t *task) refused(e *engine.Engine) report.Row {
	if t.exercise != nil {
		return t.row(e.Refuse(t.exercise, t.err, engine.All))
	}
	row := report.Row{Submission: t.submission.Name, Verdict: engine.Rejected, Message: t.err.Error()}
	var source *exercise.SourceError
	if !errors.As(t.err, &source) {
		row.Verdict = engine.GraderFault
	}
	return row
}

func (t *task) row(r *engine.Report) report.Row {
	return report.Row{
		Submission: t.submission.Name, Exercise: r.Exercise, Verdict: r.Verdict, Points: r.Points, MaxPoints: r.MaxPoints,
		Message: r.Message, Report: r,
	}
}
