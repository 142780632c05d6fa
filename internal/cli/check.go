package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/interleave-lab/interleave/internal/engine"
	"github.com/interleave-lab/interleave/internal/exercise"
	"github.com/interleave-lab/interleave/internal/foresight"
	"github.com/interleave-lab/interleave/internal/progress"
	"github.com/interleave-lab/interleave/internal/project"
	"github.com/interleave-lab/interleave/internal/report"
)

func newCheck() *cobra.Command {
	var c checker
	cmd := &cobra.Command{
		Use:   "check SLUG | NOTEBOOK",
		Short: "Judge your answers by the public checks",
		Long: `Judge the answer to one exercise, or all answers in a notebook, by the public
checks: the same that a check cell runs. The code runs in a process of its own,
built with the race detector, under many schedules. Where one makes a check fail,
its steps are listed and its seed is told: with --seed it is run again, alone, and
goes wrong in the same way.

Of an exercise, the answer is looked for in the course's own notebook of the day
unless --program or --notebook names another place. Exit status: 0 all checks
passed, 1 some did not, 2 the checks could not be run.`,
		Example: `  interleave check page-downloader
  interleave check page-downloader --program answer.go
  interleave check page-downloader --seed 3
  interleave check notebooks/day-03-threads-and-processes.ipynb

  $ interleave check page-downloader --program answer.go
  page-downloader: Download many pages at once
    passed    Every page is there, in the order of the URLs
    failed    All pages are fetched at the same time
              The pages were fetched one after another. Start all 8 fetches before you wait for the first, …
    …
  4 of 5 public checks passed; hidden checks run after submission.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			c.seeded = cmd.Flags().Changed("seed")
			ctx, stop := interruptible(cmd)
			defer stop()
			if c.kernel {
				// A check cell holds the other end: when it is interrupted, so is this.
				var cancel context.CancelFunc
				ctx, cancel = context.WithCancel(ctx)
				defer cancel()
				go func() {
					_, _ = io.Copy(io.Discard, cmd.InOrStdin())
					cancel()
				}()
			}
			c.stderr = cmd.ErrOrStderr()
			return c.run(ctx, cmd.OutOrStdout(), args[0])
		},
	}
	cmd.Flags().StringVar(&c.program, "program", "", "the answer is in this Go `file`")
	cmd.Flags().StringVar(&c.notebook, "notebook", "", "the answer is in this notebook `file`")
	cmd.Flags().Uint64Var(&c.seed, "seed", 0, "run checks under the schedule with this `number` alone")
	sandboxFlag(cmd, &c.sandbox)
	cmd.Flags().BoolVar(&c.kernel, "kernel", false, "--program is what the kernel composed of all cells; --notebook is what was saved of them; give up when standard input ends")
	cmd.Flags().IntVar(&c.process, "foresee", 0, "have the further answers of the kernel, which is the process of this `number`, judged as they run")
	_ = cmd.Flags().MarkHidden("kernel") // check cells say it
	_ = cmd.Flags().MarkHidden("foresee")
	cmd.Flags().BoolVar(&c.json, "json", false, "print the reports as JSON")
	return cmd
}

type checker struct {
	program, notebook string
	sandbox           string
	kernel, json      bool
	process           int // of the kernel; 0: unknown
	seed              uint64
	seeded            bool // there is a seed
	stderr            io.Writer
}

func (c *checker) run(ctx context.Context, out io.Writer, what string) error {
	if c.program != "" && c.notebook != "" && !c.kernel {
		return errors.New("--program and --notebook both name the answer: give one of them")
	}
	if c.kernel && c.program == "" {
		return errors.New("--kernel says what --program is: name that file too")
	}
	root, err := project.Root()
	if err != nil {
		return err
	}
	e, err := engine.New(root)
	if err != nil {
		return err
	}
	e.Preparing = preparing(c.stderr)
	if e.Sandbox, err = wantedSandbox(c.sandbox); err != nil {
		return err
	}
	reports, err := c.judge(ctx, e, root, what)
	if err != nil {
		return err
	}
	unjudged := func(r *report.Learner) bool { return r.Verdict == engine.GraderFault }
	if ctx.Err() != nil && slices.ContainsFunc(reports, unjudged) {
		return errors.New("interrupted before the checks had ended")
	}
	if c.json {
		if err := report.JSON(out, map[string]any{"reports": reports}); err != nil {
			return err
		}
	}
	found := false
	for i, r := range reports {
		if !c.json {
			if i > 0 {
				fmt.Fprintln(out)
			}
			if err := r.Text(out); err != nil {
				return err
			}
		}
		if r.Verdict == engine.GraderFault {
			return fmt.Errorf("%s: %s", r.Exercise, r.Message)
		}
		found = found || r.Verdict != engine.Passed
	}
	if found {
		return errFound
	}
	return nil
}

func (c *checker) judge(ctx context.Context, e *engine.Engine, root, what string) ([]*report.Learner, error) {
	if strings.HasSuffix(what, ".ipynb") {
		if c.program != "" || c.notebook != "" || c.seeded {
			return nil, errors.New("--program, --notebook and --seed go with the name of one exercise, not with a notebook")
		}
		return c.wholeNotebook(ctx, e, root, what)
	}
	ex, err := exercise.Load(root, "", what)
	if err != nil {
		return nil, err
	}
	r, judged, err := c.one(ctx, e, root, ex)
	if err != nil {
		return nil, err
	}
	c.remember(ctx, r)
	return []*report.Learner{report.ForLearner(r, judged, func(seed uint64) string { return c.again(what, seed) })}, nil
}

// remember notes a result, unless it is of one schedule or was broken off. A home that
// cannot be written is no reason to fail.
func (c *checker) remember(ctx context.Context, r *engine.Report) {
	if c.seeded || ctx.Err() != nil {
		return
	}
	if book, err := progress.Open(); err == nil {
		_ = remember(book, r)
	}
}

// one judges the answer to one exercise, and says which version it was.
func (c *checker) one(ctx context.Context, e *engine.Engine, root string, ex *exercise.Exercise) (r *engine.Report, judged string, err error) {
	program, judged, err := c.answer(root, ex)
	var source *exercise.SourceError
	switch {
	case errors.As(err, &source):
		return e.Refuse(ex, err, engine.Public), judged, nil
	case err != nil:
		return nil, "", err
	case c.seeded:
		return e.JudgeUnder(ctx, ex, program, engine.Public, c.seed), judged, nil
	case c.process != 0:
		shelf := foresight.Shelf(filepath.Dir(c.program))
		defer startForeseeing(shelf, c.process)
		return judgeForeseen(ctx, e, ex, program, shelf), judged, nil
	}
	return e.Judge(ctx, ex, program, engine.Public), judged, nil
}

// again is how the schedule with a seed is run again.
func (c *checker) again(slug string, seed uint64) string {
	switch {
	case c.kernel:
		return fmt.Sprintf("check.Seed(%q, %d)", slug, seed)
	case c.program != "":
		return fmt.Sprintf("interleave check %s --program %s --seed %d", slug, c.program, seed)
	case c.notebook != "":
		return fmt.Sprintf("interleave check %s --notebook %s --seed %d", slug, c.notebook, seed)
	}
	return fmt.Sprintf("interleave check %s --seed %d", slug, seed)
}

// answer finds the learner's program for one exercise, and says which version it is.
func (c *checker) answer(root string, ex *exercise.Exercise) (p *exercise.Program, judged string, err error) {
	if c.program != "" {
		text, err := os.ReadFile(c.program)
		if err != nil {
			return nil, "", err
		}
		if c.kernel {
			if p, err = fromKernel(ex, text, filepath.Dir(c.program), c.notebook); err != nil {
				return nil, "", err // nothing is judged
			}
			they := "it"
			if len(ex.Entry) > 1 {
				they = "they"
			}
			return p, sentence(ex.Entry) + " as " + they + " last ran", nil
		}
		p, err = ex.FromFile(filepath.Base(c.program), text)
		return p, c.program, err
	}
	path := c.notebook
	if path == "" {
		if path, err = notebookOf(root, ex); err != nil {
			return nil, "", err
		}
	}
	n, err := exercise.ReadNotebook(path)
	if err != nil {
		return nil, "", err
	}
	p, err = ex.FromNotebook(n)
	return p, path + " as it was saved", err
}

func (c *checker) wholeNotebook(ctx context.Context, e *engine.Engine, root, path string) ([]*report.Learner, error) {
	work, err := exercise.OpenOwn(path)
	if err != nil {
		return nil, err
	}
	all, err := exercise.LoadAll(root, "")
	if err != nil {
		return nil, err
	}
	var reports []*report.Learner
	for _, ex := range all {
		if !ex.AnsweredIn(work) {
			continue
		}
		program, err := ex.From(work)
		var r *engine.Report
		if err != nil {
			r = e.Refuse(ex, err, engine.Public)
		} else {
			r = e.Judge(ctx, ex, program, engine.Public)
		}
		c.remember(ctx, r)
		reports = append(reports, report.ForLearner(r, path+" as it was saved", func(seed uint64) string {
			return fmt.Sprintf("interleave check %s --notebook %s --seed %d", ex.Slug, path, seed)
		}))
	}
	if len(reports) == 0 {
		return nil, fmt.Errorf("%s holds no graded cell: check one exercise with interleave check SLUG --notebook %s", path, path)
	}
	return reports, nil
}
