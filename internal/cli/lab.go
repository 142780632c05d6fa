package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/interleave-lab/interleave/internal/jupyter"
	"github.com/interleave-lab/interleave/internal/project"
)

const firstNotebook = "notebooks/day-03-*.ipynb"

func newLab() *cobra.Command {
	var noBrowser bool
	var port int
	cmd := &cobra.Command{
		Use:   "lab [NOTEBOOK]",
		Short: "Open JupyterLab on a notebook",
		Long: `Open JupyterLab on a notebook of the course, Day 3 unless another is named, until
Ctrl-C ends it and its kernels.

Its settings and its state live in build/jupyter of the clone, apart from a
JupyterLab of your own. It asks the network for nothing.`,
		Example: `  interleave lab
  interleave lab --no-browser --port 9000`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			root, err := project.Root()
			if err != nil {
				return err
			}
			notebook, err := toOpen(root, args)
			if err != nil {
				return err
			}
			ctx, stop := interruptible(cmd)
			defer stop()
			out := cmd.OutOrStdout()
			lab := jupyter.Lab{
				Root: root, Notebook: notebook, Port: port, Browser: !noBrowser,
				Ready: func(url string, took int) {
					if took != port {
						fmt.Fprintf(out, "Port %d is taken, so JupyterLab uses %d.\n", port, took)
					}
					fmt.Fprintf(out, "JupyterLab is at %s (Ctrl-C ends it)\n", url)
				},
			}
			if err := lab.Run(ctx); err != nil {
				return err
			}
			fmt.Fprintln(out, "\nJupyterLab and its kernels have ended.")
			return nil
		},
	}
	cmd.Flags().BoolVar(&noBrowser, "no-browser", false, "only print the address")
	cmd.Flags().IntVar(&port, "port", 8888, "the first port to try")
	return cmd
}

// toOpen returns the notebook to open, relative to root.
func toOpen(root string, args []string) (string, error) {
	if len(args) == 0 {
		found, err := filepath.Glob(filepath.Join(root, firstNotebook))
		if err != nil || len(found) == 0 {
			return "", err
		}
		return filepath.Rel(root, found[0])
	}
	path, err := filepath.Abs(args[0])
	if err != nil {
		return "", err
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("there is no %s: name a notebook of the course", args[0])
	} else if err != nil {
		return "", err
	}
	relative, err := filepath.Rel(root, path)
	if err != nil || !filepath.IsLocal(relative) {
		return "", fmt.Errorf("%s is outside of the clone %s, which is all that JupyterLab serves", path, root)
	}
	return relative, nil
}
