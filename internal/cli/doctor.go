package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/interleave-lab/interleave/internal/jupyter"
	"github.com/interleave-lab/interleave/internal/project"
)

func newDoctor() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Check every part of the set-up, and say how to mend what fails",
		Long: `Check every part of the set-up: versions, what is built and installed, the build
cache, and that the real kernel answers a cell and sends a chart.

Exit status: 0 everything works, 1 something does not.`,
		Example: `  interleave doctor
  interleave doctor --json`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			root, err := project.Root()
			if err != nil {
				return err
			}
			ctx, stop := interruptible(cmd)
			defer stop()
			out := cmd.OutOrStdout()
			var findings []jupyter.Finding
			failed := 0
			jupyter.NewDoctor(root).Examine(ctx, func(f jupyter.Finding) {
				findings = append(findings, f)
				if !f.OK {
					failed++
				}
				if !asJSON {
					printFinding(out, f)
				}
			})
			if ctx.Err() != nil {
				return fmt.Errorf("interrupted after %d parts", len(findings))
			}
			if asJSON {
				enc := json.NewEncoder(out)
				enc.SetIndent("", "  ")
				if err := enc.Encode(findings); err != nil {
					return err
				}
			} else if failed == 0 {
				fmt.Fprintln(out, "\nEverything works.")
			} else {
				fmt.Fprintf(out, "\n%d of %d parts need mending.\n", failed, len(findings))
			}
			if failed > 0 {
				return errFound
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON document")
	return cmd
}

func printFinding(w io.Writer, f jupyter.Finding) {
	mark := "✓"
	if !f.OK {
		mark = "✗"
	}
	const indent = "\n                     "
	fmt.Fprintf(w, "%s %-17s  %s\n", mark, f.Part, strings.ReplaceAll(f.Detail, "\n", indent))
	if f.Mend != "" {
		fmt.Fprintf(w, "%s→ %s\n", indent[1:], f.Mend)
	}
}
