package cli

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/interleave-lab/interleave/internal/exercise"
	"github.com/interleave-lab/interleave/internal/progress"
	"github.com/interleave-lab/interleave/internal/project"
	"github.com/interleave-lab/interleave/internal/report"
)

func newHint() *cobra.Command {
	var all, reset, asJSON bool
	cmd := &cobra.Command{
		Use:   "hint SLUG",
		Short: "Show one more hint for an exercise",
		Long: `Show the hints for an exercise, one more each time, from the vaguest to the
plainest. How many were shown is remembered for you, and has no effect on points.

Exit status: 0 hints were shown, 1 the exercise has none, 2 misuse.`,
		Example: `  interleave hint page-downloader
  interleave hint page-downloader --all
  interleave hint page-downloader --reset   # begin with the first again

  $ interleave hint page-downloader
  Hint 1 of 3: Each fetch waits, and while it waits another may begin.
  One more: interleave hint page-downloader`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if all && reset {
				return errors.New("--all shows the hints and --reset forgets that they were shown: give one of them")
			}
			root, err := project.Root()
			if err != nil {
				return err
			}
			ex, err := exercise.Load(root, "", args[0])
			if err != nil {
				return err
			}
			book, err := progress.Open()
			if err != nil {
				return err
			}
			entry, err := book.Of(ex.Slug)
			if err != nil {
				return err
			}
			switch {
			case reset:
				entry.Hints = 0
			case all:
				entry.Hints = len(ex.Hints)
			default:
				entry.Hints = min(entry.Hints+1, len(ex.Hints))
			}
			if err := book.Set(ex.Slug, entry); err != nil {
				return err
			}
			out := cmd.OutOrStdout()
			switch {
			case asJSON:
				return report.JSON(out, map[string]any{"exercise": ex.Slug, "hints": append([]string{}, ex.Hints[:entry.Hints]...), "of": len(ex.Hints)})
			case reset:
				fmt.Fprintf(out, "The next hint for %s is the first again.\n", ex.Slug)
			default:
				return showHints(out, ex, entry.Hints)
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&all, "all", false, "show all hints at once")
	cmd.Flags().BoolVar(&reset, "reset", false, "forget that hints were shown")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the hints that were shown as JSON")
	return cmd
}

// showHints prints the first n hints.
func showHints(out io.Writer, ex *exercise.Exercise, n int) error {
	if len(ex.Hints) == 0 {
		fmt.Fprintf(out, "%s has no hints. What its checks say is the best there is: interleave check %s\n", ex.Slug, ex.Slug)
		return errFound
	}
	for i, hint := range ex.Hints[:n] {
		fmt.Fprintf(out, "Hint %d of %d: %s\n", i+1, len(ex.Hints), hint)
	}
	if n < len(ex.Hints) {
		fmt.Fprintf(out, "One more: interleave hint %s\n", ex.Slug)
	} else {
		fmt.Fprintln(out, "These are all.")
	}
	return nil
}
