package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/interleave-lab/interleave/internal/engine"
	"github.com/interleave-lab/interleave/internal/exercise"
	"github.com/interleave-lab/interleave/internal/jupyter"
	"github.com/interleave-lab/interleave/internal/project"
	"github.com/interleave-lab/interleave/internal/sandbox"
)

func newWarm() *cobra.Command {
	return &cobra.Command{
		Use:    "warm",
		Short:  "Fill Go's build cache, so that the first cell and the first check are quick",
		Hidden: true, // make setup calls it
		Long: `Run cells on the real kernel and build every exercise's stub with the race
detector, which fills Go's build cache: a reader's first cell, first chart and
first check are then as fast as every other.`,
		Example: `  interleave warm`,
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			root, err := project.Root()
			if err != nil {
				return err
			}
			all, err := exercise.LoadAll(root, "")
			if err != nil {
				return err
			}
			e, err := engine.New(root)
			if err != nil {
				return err
			}
			e.Preparing = preparing(cmd.OutOrStdout())
			ctx, stop := interruptible(cmd)
			defer stop()
			if _, err := e.Confine(ctx); err != nil {
				fmt.Fprintln(cmd.ErrOrStderr(), err)
				e.Sandbox = sandbox.None // what is run here is the course's own
			}
			fmt.Fprintln(cmd.OutOrStdout(), "running a plain cell and one with a chart")
			if err := jupyter.Warm(ctx, root); err != nil {
				return err
			}
			for i, ex := range all {
				fmt.Fprintf(cmd.OutOrStdout(), "building %d of %d: %s\n", i+1, len(all), ex.Slug)
				if err := e.Warm(ctx, ex); err != nil {
					return err
				}
			}
			return nil
		},
	}
}
