package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/interleave-lab/interleave/internal/notebook"
	"github.com/interleave-lab/interleave/internal/project"
)

type lintReport struct {
	Notebook string             `json:"notebook"`
	Findings []notebook.Finding `json:"findings"`
}

func newLint() *cobra.Command {
	var asJSON, fix bool
	cmd := &cobra.Command{
		Use:   "lint [NOTEBOOK...]",
		Short: "Check that notebooks have the course's format",
		Long: `Check that notebooks can be committed: no outputs, no execution counts, code
within 80 columns, nobody's home folder, every graded cell with its check. A day,
by its file's name or its title, also has the chapters and sections of one.
Without names: all of notebooks/.`,
		Example: `  interleave lint
  interleave lint --fix notebooks/day-03-threads-and-processes.ipynb`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				root, err := project.Root()
				if err != nil {
					return err
				}
				if args, err = filepath.Glob(filepath.Join(root, "notebooks", "*.ipynb")); err != nil {
					return err
				}
				for i, path := range args {
					args[i] = near(path)
				}
			}
			var reports []lintReport
			total := 0
			for _, path := range args {
				findings, err := lint(path, fix)
				if err != nil {
					return err
				}
				reports = append(reports, lintReport{path, findings})
				total += len(findings)
			}
			if asJSON {
				enc := json.NewEncoder(cmd.OutOrStdout())
				enc.SetIndent("", "  ")
				if err := enc.Encode(reports); err != nil {
					return err
				}
			} else {
				printFindings(cmd, reports)
			}
			if total > 0 {
				return errFound
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&fix, "fix", false, "strip outputs and write the file as Jupyter would")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON document")
	return cmd
}

// near returns a path as seen from the working directory, if it lies below.
func near(path string) string {
	here, err := os.Getwd()
	if err != nil {
		return path
	}
	if relative, err := filepath.Rel(here, path); err == nil && filepath.IsLocal(relative) {
		return relative
	}
	return path
}

func lint(path string, fix bool) ([]notebook.Finding, error) {
	n, err := notebook.Read(path)
	if err != nil {
		return nil, err
	}
	if fix {
		n.StripOutputs()
		if err := n.Write(path); err != nil {
			return nil, err
		}
	}
	findings := append([]notebook.Finding{}, notebook.Lint(filepath.Base(path), n)...)
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(text, n.Bytes()) {
		findings = append(findings, notebook.Finding{Message: "it is not laid out as Jupyter saves it: interleave lint --fix does that"})
	}
	return findings, nil
}

func printFindings(cmd *cobra.Command, reports []lintReport) {
	out := cmd.OutOrStdout()
	clean := 0
	for _, r := range reports {
		if len(r.Findings) == 0 {
			clean++
		}
		for _, f := range r.Findings {
			where := r.Notebook
			if f.Cell > 0 {
				where += fmt.Sprintf(": cell %d (%s)", f.Cell, f.ID)
			}
			fmt.Fprintf(out, "%s: %s\n", where, f.Message)
		}
	}
	fmt.Fprintf(out, "%d of %s as they should be\n", clean, plural(len(reports), "notebook"))
}
