package cli

import (
	"fmt"
	"io"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/interleave-lab/interleave/internal/exercise"
	"github.com/interleave-lab/interleave/internal/project"
	"github.com/interleave-lab/interleave/internal/release"
)

func newRelease() *cobra.Command {
	var course, solutions string
	cmd := &cobra.Command{
		Use:   "release NOTEBOOK... --course FOLDER",
		Short: "Write notebooks as learners get them into an nbgrader course",
		Long: `Write each NOTEBOOK as learners get it, with stubs in its graded cells and
without outputs, to source/ASSIGNMENT/ in the folder of an nbgrader course, and
the configuration with which nbgrader has the engine award the points. A day's
assignment is named day-NN. What a teacher changed there is never overwritten.

A release has a version, in the notebook's metadata.interleave.release.`,
		Example: `  interleave release notebooks/day-03-threads-and-processes.ipynb --course ~/course

  $ interleave release notebooks/day-03-*.ipynb --course ~/course
  Wrote ~/course/nbgrader_config.py
  Wrote ~/course/source/day-03/day-03-threads-and-processes.ipynb, version 5f1c09a2b7d4`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			root, err := project.Root()
			if err != nil {
				return err
			}
			if course, err = filepath.Abs(course); err != nil {
				return err
			}
			all, err := exercise.LoadAll(root, solutions)
			if err != nil {
				return err
			}
			return releaseAll(cmd.OutOrStdout(), root, all, args, course)
		},
	}
	cmd.Flags().StringVar(&course, "course", "", "`folder` of the nbgrader course")
	solutionsFlag(cmd, &solutions)
	if err := cmd.MarkFlagRequired("course"); err != nil {
		panic(err) // the flag is defined above
	}
	return cmd
}

func releaseAll(out io.Writer, root string, all []*exercise.Exercise, notebooks []string, course string) error {
	released, err := release.Prepare(root, all, notebooks, course)
	if err != nil {
		return err
	}
	written, err := release.Config(root, course)
	if err != nil {
		return err
	}
	if written {
		fmt.Fprintln(out, "Wrote", filepath.Join(course, release.ConfigName))
	}
	for _, r := range released {
		if !r.Changed {
			fmt.Fprintf(out, "%s is version %s already\n", r.Path, r.Version)
			continue
		}
		if err := r.Write(); err != nil {
			return err
		}
		fmt.Fprintf(out, "Wrote %s, version %s\n", r.Path, r.Version)
	}
	return nil
}
