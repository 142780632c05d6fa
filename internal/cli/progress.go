package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/interleave-lab/interleave/internal/engine"
	"github.com/interleave-lab/interleave/internal/exercise"
	"github.com/interleave-lab/interleave/internal/progress"
	"github.com/interleave-lab/interleave/internal/project"
	"github.com/interleave-lab/interleave/internal/report"
)

func newProgress() *cobra.Command {
	var anew, asJSON bool
	cmd := &cobra.Command{
		Use:   "progress",
		Short: "Show what you have done over the whole course",
		Long: `Show every exercise of the course with its last result: those that check cells,
interleave check and interleave watch have found. Points are those of the public
checks. With --check the answers in the course's notebooks are judged anew.

Exit status: 0 the table was printed, however much is done.`,
		Example: `  interleave progress
  interleave progress --check

  $ interleave progress
  Day 3
    1  page-downloader  passed       10 of 10  Download many pages at once
    2  prime-count      race          5 of 10  Find primes in several processes
    3  file-pool        not begun     0 of 12  Read many files with a thread pool
  1 of 3 exercises passed, 15 of 32 points`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			root, err := project.Root()
			if err != nil {
				return err
			}
			all, err := exercise.LoadAll(root, "")
			if err != nil {
				return err
			}
			book, err := progress.Open()
			if err != nil {
				return err
			}
			if anew {
				ctx, stop := interruptible(cmd)
				defer stop()
				if err := checkAll(ctx, root, all, book, cmd.ErrOrStderr()); err != nil {
					return err
				}
			}
			rows, err := progressRows(all, book)
			if err != nil {
				return err
			}
			if asJSON {
				return report.JSON(cmd.OutOrStdout(), map[string]any{"exercises": rows})
			}
			return printProgress(cmd.OutOrStdout(), rows)
		},
	}
	cmd.Flags().BoolVar(&anew, "check", false, "judge all answers anew")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON document")
	return cmd
}

// progressRow is one exercise.
type progressRow struct {
	Exercise string `json:"exercise"`
	Title    string `json:"title"`
	Day      int    `json:"day"`
	Task     int    `json:"task"`
	progress.Entry
}

func progressRows(all []*exercise.Exercise, book *progress.Book) ([]progressRow, error) {
	rows := make([]progressRow, len(all))
	for i, ex := range all {
		entry, err := book.Of(ex.Slug)
		if err != nil {
			return nil, err
		}
		entry.MaxPoints = exercise.Points(ex.Checks) // which may have changed since
		rows[i] = progressRow{ex.Slug, ex.Title, ex.Day, ex.Task, entry}
	}
	return rows, nil
}

func printProgress(out io.Writer, rows []progressRow) error {
	width, day, passed, points, of := 0, 0, 0, 0.0, 0
	for _, r := range rows {
		width = max(width, len(r.Exercise))
	}
	for _, r := range rows {
		if r.Day != day {
			day = r.Day
			fmt.Fprintf(out, "Day %d\n", day)
		}
		verdict := r.Verdict
		switch {
		case verdict == "":
			verdict = "not begun"
		case verdict == string(engine.Passed):
			passed++
		case r.Done:
			verdict += " (passed before)"
		}
		points += r.Points
		of += r.MaxPoints
		fmt.Fprintf(out, "  %d  %-*s  %-13s %3s of %-3d %s\n", r.Task, width, r.Exercise, verdict, report.Number(r.Points), r.MaxPoints, r.Title)
	}
	_, err := fmt.Fprintf(out, "%d of %s passed, %s of %d points\n", passed, plural(len(rows), "exercise"), report.Number(points), of)
	return err
}

// checkAll judges every answer that the course's notebooks hold.
func checkAll(ctx context.Context, root string, all []*exercise.Exercise, book *progress.Book, stderr io.Writer) error {
	e, err := engine.New(root)
	if err != nil {
		return err
	}
	bar := newBar(stderr)
	defer bar.finish()
	for i, ex := range all {
		bar.set(i, len(all))
		var c checker
		r, _, err := c.one(ctx, e, root, ex)
		if err != nil {
			return err
		}
		if ctx.Err() != nil {
			return fmt.Errorf("interrupted after %d of %s", i, plural(len(all), "exercise"))
		}
		if err := remember(book, r); err != nil {
			return err
		}
	}
	bar.set(len(all), len(all))
	return nil
}

// remember notes a result, unless it is none of the program's.
func remember(book *progress.Book, r *engine.Report) error {
	if os.Getenv(progress.Off) != "" || r.Verdict == engine.GraderFault || r.Verdict == engine.NotRunYet {
		return nil
	}
	return book.Judged(r.Exercise, string(r.Verdict), r.Verdict == engine.Passed, r.Points, r.MaxPoints, time.Now())
}
