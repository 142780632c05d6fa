package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
	"github.com/spf13/cobra"

	"github.com/interleave-lab/interleave/internal/exercise"
	"github.com/interleave-lab/interleave/internal/project"
)

func newWatch() *cobra.Command {
	var c checker
	cmd := &cobra.Command{
		Use:   "watch SLUG | NOTEBOOK",
		Short: "Judge your answers again whenever you save them",
		Long: `Judge as interleave check does, at once and again whenever the file with the
answer is saved, until Ctrl-C. The screen holds the last result alone. A judgement
that is under way when the file is saved again is given up.`,
		Example: `  interleave watch page-downloader
  interleave watch page-downloader --program answer.go
  interleave watch notebooks/day-03-threads-and-processes.ipynb`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if c.program != "" && c.notebook != "" {
				return errors.New("--program and --notebook both name the answer: give one of them")
			}
			file, err := c.file(args[0])
			if err != nil {
				return err
			}
			ctx, stop := interruptible(cmd)
			defer stop()
			w := watcher{file: file, out: cmd.OutOrStdout(), quiet: 100 * time.Millisecond}
			w.judge = func(ctx context.Context, out io.Writer) error { return c.run(ctx, out, args[0]) }
			return w.run(ctx)
		},
	}
	cmd.Flags().StringVar(&c.program, "program", "", "the answer is in this Go `file`")
	cmd.Flags().StringVar(&c.notebook, "notebook", "", "the answer is in this notebook `file`")
	return cmd
}

// file is where the answer is that is judged.
func (c *checker) file(what string) (string, error) {
	switch {
	case strings.HasSuffix(what, ".ipynb"):
		return what, nil
	case c.program != "":
		return c.program, nil
	case c.notebook != "":
		return c.notebook, nil
	}
	root, err := project.Root()
	if err != nil {
		return "", err
	}
	ex, err := exercise.Load(root, "", what)
	if err != nil {
		return "", err
	}
	return notebookOf(root, ex)
}

// watcher judges a file whenever it was saved.
type watcher struct {
	file  string
	out   io.Writer
	quiet time.Duration // a save is over when nothing has changed for so long
	judge func(ctx context.Context, out io.Writer) error
}

func (w *watcher) run(ctx context.Context) error {
	changes, err := fsnotify.NewWatcher()
	if err != nil {
		return err
	}
	defer changes.Close()
	if _, err := os.Stat(w.file); err != nil {
		return err
	}
	// Editors and Jupyter put a new file in the place of the old one.
	if err := changes.Add(filepath.Dir(w.file)); err != nil {
		return fmt.Errorf("%s cannot be watched: %w", filepath.Dir(w.file), err)
	}
	for {
		judging, giveUp := context.WithCancel(ctx)
		ended := make(chan error, 1)
		go func() { ended <- w.once(judging) }()
		err := w.untilSaved(ctx, changes)
		giveUp()
		if failed := <-ended; err == nil && failed != nil {
			return failed
		}
		if err != nil || ctx.Err() != nil {
			return err
		}
	}
}

// once judges, and puts the result on a clean screen. Only what every further attempt
// would meet again is an error.
func (w *watcher) once(ctx context.Context) error {
	var result strings.Builder
	err := w.judge(ctx, &result)
	if ctx.Err() != nil {
		return nil // saved again, or told to stop
	}
	if err != nil && !errors.Is(err, errFound) {
		fmt.Fprintln(&result, "interleave:", err)
	}
	clean := ""
	if isTerminal(w.out) {
		clean = "\x1b[H\x1b[2J\x1b[3J"
	}
	_, err = fmt.Fprintf(w.out, "%s%s\n%s: judged at %s. Save it to judge it again; Ctrl-C ends.\n", clean, result.String(), w.file, time.Now().Format(time.TimeOnly))
	return err
}

// untilSaved returns when the file was changed and then nothing for a moment, or when
// ctx has ended.
func (w *watcher) untilSaved(ctx context.Context, changes *fsnotify.Watcher) error {
	var calm <-chan time.Time
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-calm:
			return nil
		case err := <-changes.Errors:
			return fmt.Errorf("%s can no longer be watched: %w", w.file, err)
		case event := <-changes.Events:
			if filepath.Base(event.Name) == filepath.Base(w.file) && event.Has(fsnotify.Create|fsnotify.Write|fsnotify.Rename) {
				calm = time.After(w.quiet)
			}
		}
	}
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
