package cli

import (
	"fmt"
	"io"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/interleave-lab/interleave/internal/exercise"
	"github.com/interleave-lab/interleave/internal/project"
)

func newSync() *cobra.Command {
	var s syncer
	var solutions string
	cmd := &cobra.Command{
		Use:   "sync",
		Short: "Write stubs and graded cells from the exercises' source",
		Long: `Write what exercises are the source of: every stub, made from the reference
solution, and the cells of notebooks whose metadata says that they hold a task's
text ({"interleave": {"task": SLUG}}), its graded cell ("exercise") or its check
cell ("check"), with nbgrader's metadata.

Where a graded cell holds somebody's answer, which its nbgrader checksum tells,
nothing at all is written unless --force says that the answer may be lost.

With --check nothing is written: exit status 1 and a list tell of files that are
not what their source makes of them.`,
		Example: `  interleave sync
  interleave sync --check   # in CI

  $ interleave sync
  Wrote exercises/page-downloader/page-downloader.go: the stub`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			if s.root, err = project.Root(); err != nil {
				return err
			}
			s.out = cmd.OutOrStdout()
			return s.run(solutions)
		},
	}
	cmd.Flags().BoolVar(&s.check, "check", false, "write nothing, and fail if something would be")
	solutionsFlag(cmd, &solutions)
	cmd.Flags().BoolVar(&s.force, "force", false, "overwrite answers in graded cells, too")
	return cmd
}

type syncer struct {
	check, force bool
	root         string
	out          io.Writer
}

func (s *syncer) run(solutions string) error {
	all, err := exercise.LoadAll(s.root, solutions)
	if err != nil {
		return err
	}
	derived, missing, err := exercise.DeriveAll(s.root, all)
	if err != nil {
		return err
	}
	var drifted []*exercise.Derived
	for _, d := range derived {
		if d.Differs() {
			drifted = append(drifted, d)
		}
	}
	if s.check {
		s.report(drifted)
	} else if err := s.write(drifted); err != nil {
		return err
	}
	for _, text := range missing {
		fmt.Fprintln(s.out, text)
	}
	if missing != nil || s.check && len(drifted) > 0 {
		return errFound
	}
	if len(drifted) == 0 {
		fmt.Fprintln(s.out, plural(len(derived), "file"), "as their source says")
	}
	return nil
}

func (s *syncer) report(drifted []*exercise.Derived) {
	lost := false
	for _, d := range drifted {
		differ := "differ"
		if len(d.Parts) == 1 {
			differ = "differs"
		}
		fmt.Fprintf(s.out, "%s: %s %s from the source\n", s.short(d.Path), sentence(d.Parts), differ)
		if d.Answers != nil {
			lost = true
			fmt.Fprintf(s.out, "  somebody's answer to %s stands there\n", sentence(d.Answers))
		}
	}
	switch {
	case lost:
		fmt.Fprintln(s.out, "Keep the answers elsewhere first: interleave sync --force overwrites them with the stubs")
	case drifted != nil:
		fmt.Fprintln(s.out, "Put right what differs with: interleave sync")
	}
}

// write writes all files, or none where an answer would be lost.
func (s *syncer) write(drifted []*exercise.Derived) error {
	for _, d := range drifted {
		if d.Answers != nil && !s.force {
			return fmt.Errorf("%s holds somebody's answer to %s, which would be lost, so nothing was written; "+
				"keep it elsewhere, and then overwrite it with the stub: interleave sync --force", s.short(d.Path), sentence(d.Answers))
		}
	}
	for _, d := range drifted {
		if err := d.Write(); err != nil {
			return err
		}
		fmt.Fprintf(s.out, "Wrote %s: %s\n", s.short(d.Path), sentence(d.Parts))
	}
	return nil
}

// short names a file as seen from the clone.
func (s *syncer) short(path string) string {
	if short, err := filepath.Rel(s.root, path); err == nil {
		return short
	}
	return path
}
