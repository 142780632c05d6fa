package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/interleave-lab/interleave/internal/engine"
	"github.com/interleave-lab/interleave/internal/exercise"
	"github.com/interleave-lab/interleave/internal/project"
	"github.com/interleave-lab/interleave/internal/proof"
	"github.com/interleave-lab/interleave/internal/report"
)

func newProve() *cobra.Command {
	var solutions string
	var runs int
	var verbose, asJSON bool
	cmd := &cobra.Command{
		Use:   "prove [SLUG...]",
		Short: "Show that exercises judge as they should",
		Long: `Judge all programs of each exercise by all checks: its stub must compile and fail,
the solution and every alternative must pass, and each mutant must be found as its
first comment says. A solution that worked in its first call only must not pass. Without a SLUG, all exercises of the course. With --runs, the
checks of correct programs run at least so often, each time under another schedule
where they ask for schedules.

Exit status: 0 all is as it should be, 1 something is not, 2 misuse.`,
		Example: `  interleave prove page-downloader
  interleave prove page-downloader --runs 100
  interleave prove page-downloader --verbose

  $ interleave prove page-downloader
  page-downloader
    ✓ stub                   failed
    ✓ solution               passed
    ✓ alternatives/channel   passed
    ✓ mutants/append         race
    …
    ✓ right only once        panic`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if runs < 1 {
				return errors.New("--runs counts from 1")
			}
			root, err := project.Root()
			if err != nil {
				return err
			}
			if len(args) == 0 {
				if args, err = exercise.Slugs(root); err != nil {
					return err
				}
			}
			e, err := engine.New(root)
			if err != nil {
				return err
			}
			ctx, stop := interruptible(cmd)
			defer stop()
			out := cmd.OutOrStdout()
			found := false
			all := map[string][]proof.Finding{}
			for _, slug := range args {
				ex, err := exercise.Load(root, solutions, slug)
				if err != nil {
					return err
				}
				if !asJSON {
					fmt.Fprintln(out, slug)
				}
				err = proof.Exercise(ctx, e, ex, runs, func(f proof.Finding) {
					found = found || f.Wrong != ""
					all[slug] = append(all[slug], f)
					mark := "✓"
					if f.Wrong != "" {
						mark = "✗"
					}
					if !asJSON {
						fmt.Fprintf(out, "  %s %-22s %s\n", mark, f.Program, f.Verdict)
						if verbose && f.Says != "" {
							fmt.Fprintf(out, "    %s\n", strings.ReplaceAll(f.Says, "\n", "\n    "))
						}
						if f.Wrong != "" {
							fmt.Fprintf(out, "    %s\n", f.Wrong)
						}
					}
				})
				if err != nil {
					return err
				}
			}
			if asJSON {
				if err := report.JSON(out, map[string]any{"exercises": all}); err != nil {
					return err
				}
			}
			if found {
				return errFound
			}
			return nil
		},
	}
	cmd.Flags().IntVar(&runs, "runs", 1, "run the checks of correct programs so many `times`")
	cmd.Flags().BoolVarP(&verbose, "verbose", "v", false, "print what a learner reads who makes the mistake of a mutant")
	solutionsFlag(cmd, &solutions)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the findings as JSON")
	return cmd
}
