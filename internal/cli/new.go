package cli

import (
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/interleave-lab/interleave/internal/exercise"
	"github.com/interleave-lab/interleave/internal/notebook"
	"github.com/interleave-lab/interleave/internal/project"
	"github.com/interleave-lab/interleave/internal/skeleton"
)

func newNew() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "new",
		Short:   "Begin a new exercise",
		Example: `  interleave new exercise page-downloader --day 3 --title "Download many pages at once"`,
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newNewExercise())
	return cmd
}

func newNewExercise() *cobra.Command {
	var e skeleton.Exercise
	var book, solutions string
	cmd := &cobra.Command{
		Use:   "exercise SLUG --day N --title TITLE",
		Short: "Write a small exercise to begin with",
		Long: `Write a small exercise that is complete: manifest, task, checks, solution, a second
solution, hidden checks and three mutants. It compiles, and interleave prove finds
nothing wrong with it; replace one part after the other by your own.

With --notebook its three cells are put into that notebook, after those of the last
exercise; interleave sync fills them. Nothing is overwritten.`,
		Example: `  interleave new exercise add-up --day 3 --title "Add up in parts"
  interleave new exercise add-up --day 3 --title "Add up in parts" --notebook notebooks/day-03-threads-and-processes.ipynb`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			e.Slug = args[0]
			root, err := project.Root()
			if err != nil {
				return err
			}
			if e.Task == 0 {
				if e.Task, err = nextTask(root, e.Day); err != nil {
					return err
				}
			}
			elsewhere := "" // what the commands that follow need
			if solutions == "" {
				solutions = filepath.Join(root, "solutions")
			} else {
				elsewhere = " --solutions " + solutions
			}
			var n *notebook.Notebook
			if book != "" { // before anything is written
				if n, err = notebook.Read(book); err != nil {
					return err
				}
				if err := skeleton.Place(n, e.Slug); err != nil {
					return fmt.Errorf("%s: %w", book, err)
				}
			}
			written, err := skeleton.Write(root, solutions, e)
			if err != nil {
				return err
			}
			out := cmd.OutOrStdout()
			for _, file := range written {
				if short, err := filepath.Rel(root, file); err == nil && filepath.IsLocal(short) {
					file = short
				}
				fmt.Fprintln(out, "Wrote", file)
			}
			if n != nil {
				if err := n.Write(book); err != nil {
					return err
				}
				fmt.Fprintln(out, "Put three cells into", book)
			}
			fmt.Fprintf(out, `Next:
  write solution.go, the checks, task.md and the mutants; they show how
  interleave prove %s%s   # as often as you like
`, e.Slug, elsewhere)
			if n == nil {
				fmt.Fprintf(out, `  give the day's notebook three cells, whose metadata say {"interleave": {"task": "%[1]s"}}, "exercise" and "check"
`, e.Slug)
			}
			fmt.Fprintf(out, "  interleave sync%s         # writes the stub and fills the cells\n", elsewhere)
			return nil
		},
	}
	cmd.Flags().IntVar(&e.Day, "day", 0, "the day's `number`")
	cmd.Flags().IntVar(&e.Task, "task", 0, "its `place` among the day's tasks (default: the next)")
	cmd.Flags().StringVar(&e.Title, "title", "", "the `title`, a line of text")
	cmd.Flags().StringVar(&book, "notebook", "", "put its cells into this notebook `file`")
	solutionsFlag(cmd, &solutions)
	for _, name := range []string{"day", "title"} {
		if err := cmd.MarkFlagRequired(name); err != nil {
			panic(err) // the flag is defined above
		}
	}
	return cmd
}

// nextTask is the number of a day's next task.
func nextTask(root string, day int) (int, error) {
	all, err := exercise.LoadAll(root, "")
	if err != nil {
		return 0, err
	}
	next := 1
	for _, ex := range all {
		if ex.Day == day {
			next = max(next, ex.Task+1)
		}
	}
	return next, nil
}
