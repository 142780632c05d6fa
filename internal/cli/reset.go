package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"github.com/interleave-lab/interleave/internal/exercise"
	"github.com/interleave-lab/interleave/internal/notebook"
	"github.com/interleave-lab/interleave/internal/project"
)

func newReset() *cobra.Command {
	var program, path string
	cmd := &cobra.Command{
		Use:   "reset SLUG",
		Short: "Put the stub of an exercise back, and keep a backup",
		Long: `Put back what an exercise's graded cell held at first: in the course's own
notebook of the day, unless --notebook or --program names another place. Nothing else
of the file changes, and a copy of it as it was stays beside it, under a name that is
printed.

Exit status: 0 it is as it was at first, 2 it could not be put back.`,
		Example: `  interleave reset page-downloader
  interleave reset page-downloader --notebook copy.ipynb
  interleave reset page-downloader --program answer.go

  $ interleave reset page-downloader --program answer.go
  answer.go is as it was at first; what it was stands in answer.go.backup-1`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if program != "" && path != "" {
				return errors.New("--program and --notebook both name the answer: give one of them")
			}
			root, err := project.Root()
			if err != nil {
				return err
			}
			ex, err := exercise.Load(root, "", args[0])
			if err != nil {
				return err
			}
			stub, err := os.ReadFile(ex.StubPath())
			if err != nil {
				return fmt.Errorf("the stub of %s is not there (%w): interleave sync writes it", ex.Slug, err)
			}
			file, want := program, stub
			if program == "" {
				if file = path; file == "" {
					if file, err = notebookOf(root, ex); err != nil {
						return err
					}
				}
				if want, err = resetCell(file, ex, stub); err != nil {
					return err
				}
			}
			backup, err := replaceKeeping(file, want)
			if err != nil {
				return err
			}
			out := cmd.OutOrStdout()
			if backup == "" {
				fmt.Fprintf(out, "%s is as it was at first already\n", file)
				return nil
			}
			fmt.Fprintf(out, "%s is as it was at first; what it was stands in %s\n", file, backup)
			if program == "" {
				fmt.Fprintln(out, "If it is open in JupyterLab: File > Reload Notebook from Disk")
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&program, "program", "", "the answer is in this Go `file`")
	cmd.Flags().StringVar(&path, "notebook", "", "the answer is in this notebook `file`")
	return cmd
}

// resetCell returns a notebook's text with the stub in the graded cell, which is a code
// cell again if it was none, and in each copy of it: the last one counts.
func resetCell(file string, ex *exercise.Exercise, stub []byte) ([]byte, error) {
	n, err := notebook.Read(file)
	if err != nil {
		return nil, err
	}
	found := false
	for _, c := range n.Cells {
		if exercise.Belongs(c) == ex.Slug {
			c.Type, found = notebook.Code, true
			ex.GradedCell(c, stub)
		}
	}
	if !found {
		return nil, fmt.Errorf("%s holds no graded cell of %s: name the notebook that does with --notebook, "+
			"or, if the cell has lost its metadata, copy its first text from %s", file, ex.Slug, ex.StubPath())
	}
	return n.Bytes(), nil
}

// replaceKeeping writes a file anew and keeps what it held in another beside it, whose
// name it returns: "" if the file holds just that already.
func replaceKeeping(file string, want []byte) (backup string, err error) {
	held, err := os.ReadFile(file)
	if err != nil || bytes.Equal(held, want) {
		return "", err
	}
	info, err := os.Stat(file)
	if err != nil {
		return "", err
	}
	for i := 1; ; i++ {
		backup = fmt.Sprintf("%s.backup-%d", file, i)
		f, err := os.OpenFile(backup, os.O_WRONLY|os.O_CREATE|os.O_EXCL, info.Mode().Perm())
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return "", err
		}
		_, err = f.Write(held)
		if closeErr := f.Close(); err == nil {
			err = closeErr
		}
		if err != nil {
			return "", err
		}
		return backup, os.WriteFile(file, want, info.Mode().Perm())
	}
}
