package cli

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/interleave-lab/interleave/internal/exercise"
	"github.com/interleave-lab/interleave/internal/project"
)

func newSync() *cobra.Command {
	var check bool
	cmd := &cobra.Command{
		Use:   "sync",
		Short: "Write stubs and graded cells from the exercises' source",
		Long: `Write what exercises are the source of: every stub, made from the reference
solution, and the cells of notebooks whose metadata says that they hold a task's
text ({"interleave": {"task": SLUG}}), its graded cell ("exercise") or its check
cell ("check"), with nbgrader's metadata.

With --check nothing is written: exit status 1 and a list tell of files that are
not what their source makes of them.`,
		Example: `  interleave sync
  interleave sync --check   # in CI

  $ interleave sync
  Wrote exercises/page-downloader/page-downloader.go: the stub`,
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
			derived, missing, err := exercise.DeriveAll(root, all)
			if err != nil {
				return err
			}
			drifted := 0
			for _, d := range derived {
				if !d.Differs() {
					continue
				}
				drifted++
				name := d.Path
				if short, err := filepath.Rel(root, d.Path); err == nil {
					name = short
				}
				if check {
					fmt.Fprintf(cmd.OutOrStdout(), "%s: %s differs from the source\n", name, strings.Join(d.Parts, ", "))
					continue
				}
				if err := d.Write(); err != nil {
					return err
				}
				fmt.Fprintf(cmd.OutOrStdout(), "Wrote %s: %s\n", name, strings.Join(d.Parts, ", "))
			}
			for _, text := range missing {
				fmt.Fprintln(cmd.OutOrStdout(), text)
			}
			switch {
			case missing != nil:
				return errFound
			case drifted == 0:
				fmt.Fprintln(cmd.OutOrStdout(), plural(len(derived), "file"), "as their source says")
			case check:
				fmt.Fprintln(cmd.OutOrStdout(), "Put them right with: interleave sync")
				return errFound
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&check, "check", false, "write nothing, and fail if something would be")
	return cmd
}
