package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"github.com/interleave-lab/interleave/internal/engine"
	"github.com/interleave-lab/interleave/internal/exercise"
	"github.com/interleave-lab/interleave/internal/grade"
	"github.com/interleave-lab/interleave/internal/project"
	"github.com/interleave-lab/interleave/internal/release"
	"github.com/interleave-lab/interleave/internal/report"
	"github.com/interleave-lab/interleave/internal/sandbox"
)

func newGrade() *cobra.Command {
	var out, solutions, box string
	var asJSON, fresh bool
	cmd := &cobra.Command{
		Use:   "grade PATH...",
		Short: "Judge submitted notebooks by all checks",
		Long: `Judge every notebook, Go file and zip of such at and below each PATH by the public
and the hidden checks, and write results.json and results.csv: one row for each
submission and exercise, with its points, verdict and message. What cannot be read
gets a row that says so. Whoever holds one exercise of a day in a notebook is judged
on all of that day; whoever hands in Go files, on what they answer.

Each row is kept in results.journal as soon as it is there. Run again, after it was
stopped or when more was handed in, it judges only what is not there yet or has
changed: the answer, the checks, the course, Go or the sandbox. With --fresh it judges all.

Programs run in a sandbox, the strongest that holds on this machine; each row says
which. docs/grading.md says what each promises.

Exit status: 0 all were judged, however well they did; 1 some could not be, for
reasons that are not theirs (verdict "grader fault"); 2 misuse.`,
		Example: `  interleave grade submitted/
  interleave grade submitted/ --out grades --solutions ~/course-solutions

  $ interleave grade submitted/ --out grades
  120 submissions, 480 answers: 371 passed, 52 failed, 31 race, 14 deadlock, 12 compile error
  Sandbox: namespaces
  Wrote grades/results.json and grades/results.csv`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx, stop := interruptible(cmd)
			defer stop()
			if err := os.MkdirAll(out, 0o755); err != nil {
				return err
			}
			journal, err := grade.OpenJournal(filepath.Join(out, "results.journal"), fresh)
			if err != nil {
				return err
			}
			defer journal.Close()
			g := grader{solutions: solutions, sandbox: box, journal: journal, stderr: cmd.ErrOrStderr()}
			rows, submitted, err := g.all(ctx, args)
			if err != nil {
				return err
			}
			if err := writeResults(out, rows); err != nil {
				return err
			}
			if asJSON {
				if err := report.JSON(cmd.OutOrStdout(), map[string]any{"results": rows}); err != nil {
					return err
				}
				return faults(rows)
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%s: %s\nSandbox: %s\nWrote %s and %s\n", plural(submitted, "submission")+", "+plural(len(rows), "answer"),
				report.Tally(rows), g.tier, filepath.Join(out, "results.json"), filepath.Join(out, "results.csv"))
			return faults(rows)
		},
	}
	cmd.Flags().StringVar(&out, "out", ".", "`folder` for results.json and results.csv")
	solutionsFlag(cmd, &solutions)
	sandboxFlag(cmd, &box)
	cmd.Flags().BoolVar(&fresh, "fresh", false, "judge anew what an earlier run has judged")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the results as JSON too")
	return cmd
}

// grader is what the verb's flags say.
type grader struct {
	solutions, sandbox string
	journal            *grade.Journal
	stderr             io.Writer

	tier sandbox.Tier // in which all programs run
}

func (g *grader) all(ctx context.Context, paths []string) (rows []report.Row, submitted int, err error) {
	root, err := project.Root()
	if err != nil {
		return nil, 0, err
	}
	all, err := exercise.LoadAll(root, g.solutions)
	if err != nil {
		return nil, 0, err
	}
	for _, ex := range all {
		if !ex.Solution.Present() {
			return nil, 0, fmt.Errorf("%s is not there: name the folder of the solutions with --solutions", ex.Solution.Dir)
		}
	}
	_ = release.Current(root, all) // without it, rows do not tell which release judged
	submissions, err := grade.Find(paths)
	if err != nil {
		return nil, 0, err
	}
	e, err := engine.New(root)
	if err != nil {
		return nil, 0, err
	}
	e.Preparing = preparing(g.stderr)
	if e.Sandbox, err = wantedSandbox(g.sandbox); err != nil {
		return nil, 0, err
	}
	if g.tier, err = e.Confine(ctx); err != nil {
		return nil, 0, err
	}
	bar := newBar(g.stderr)
	rows, err = grade.Run(ctx, e, all, submissions, grade.Options{Journal: g.journal, Progress: bar.set})
	bar.finish()
	if err != nil {
		return nil, 0, fmt.Errorf("grading was stopped: %w; run it again, and it goes on where it was", err)
	}
	return rows, len(submissions), nil
}

// preparing says why the first judgement takes longer than others.
func preparing(stderr io.Writer) func() {
	return func() {
		fmt.Fprintln(stderr, "Compiling the course's packages with the race detector, once after Go or the course has changed: this takes up to a minute.")
	}
}

func writeResults(dir string, rows []report.Row) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for name, write := range map[string]func(io.Writer) error{
		"results.json": func(w io.Writer) error { return report.JSON(w, map[string]any{"results": rows}) },
		"results.csv":  func(w io.Writer) error { return report.CSV(w, rows) },
	} {
		// Whoever reads sees the old results or the new ones, and a kill leaves either.
		f, err := os.CreateTemp(dir, "."+name+"-")
		if err != nil {
			return err
		}
		defer os.Remove(f.Name())
		if err := errors.Join(write(f), f.Chmod(0o644), f.Close()); err != nil {
			return err
		}
		if err := os.Rename(f.Name(), filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	return nil
}

func faults(rows []report.Row) error {
	for _, row := range rows {
		if row.Verdict == engine.GraderFault {
			return errFound
		}
	}
	return nil
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// bar shows progress when a person watches.
type bar struct {
	progress *mpb.Progress
	bar      *mpb.Bar
}

func newBar(w io.Writer) *bar {
	f, ok := w.(*os.File)
	if !ok {
		return &bar{}
	}
	info, err := f.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return &bar{}
	}
	return &bar{progress: mpb.New(mpb.WithOutput(w))}
}

func (b *bar) set(done, total int) {
	if b.progress == nil {
		return
	}
	if b.bar == nil {
		b.bar = b.progress.AddBar(int64(total),
			mpb.PrependDecorators(decor.Name("judging ")),
			mpb.AppendDecorators(decor.CountersNoUnit("%d of %d"), decor.OnComplete(decor.AverageETA(decor.ET_STYLE_GO, decor.WC{W: 8}), "")))
	}
	b.bar.SetCurrent(int64(done))
}

// finish leaves the bar as it is, complete or not.
func (b *bar) finish() {
	if b.bar != nil {
		b.bar.Abort(false)
		b.progress.Wait()
	}
}
