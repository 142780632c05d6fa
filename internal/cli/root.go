// Package cli is the interleave command: one file per verb.
//
// A verb answers with one of three exit statuses: 0 it is done, 1 it found
// something wrong (a failing check, a broken notebook), 2 it was misused or
// could not do its work.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

// errFound ends a verb that did its work and found something wrong: its
// findings are printed already, so only the exit status is left to say.
var errFound = errors.New("found something wrong")

// Main runs the command with args (without the program's name) and returns
// its exit status.
func Main(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	root := newRoot()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	switch err := root.ExecuteContext(context.Background()); {
	case err == nil:
		return 0
	case errors.Is(err, errFound):
		return 1
	default:
		fmt.Fprintln(stderr, "interleave:", err)
		return 2
	}
}

// interruptible returns the verb's context until somebody stops the command: by
// Ctrl-C, by kill, by closing its terminal.
func interruptible(cmd *cobra.Command) (ctx context.Context, stop context.CancelFunc) {
	signals := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) { // as nohup has it
		signals = append(signals, syscall.SIGHUP)
	}
	return signal.NotifyContext(cmd.Context(), signals...)
}

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:           "interleave",
		Short:         "Learn and teach concurrency in Go, in Jupyter",
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	root.AddCommand(
		// One line a verb, in the order in which a course meets them.
		newDoctor(),
		newLab(),
		newKernel(),
		newRun(),
		newLint(),
		newCheck(),
		newWatch(),
		newHint(),
		newReset(),
		newProgress(),
		newExplore(),
		newGrade(),
		newNew(),
		newProve(),
		newSync(),
		newRelease(),
		newWarm(),
		newForesee(),
	)
	pointToHelp(root)
	return root
}

// pointToHelp lets every misuse of a verb say where its use is shown.
func pointToHelp(cmd *cobra.Command) {
	told := func(cmd *cobra.Command, err error) error {
		return fmt.Errorf("%w; `%s --help` shows how", err, cmd.CommandPath())
	}
	cmd.SetFlagErrorFunc(told)
	if check := cmd.Args; check != nil {
		cmd.Args = func(cmd *cobra.Command, args []string) error {
			if err := check(cmd, args); err != nil {
				return told(cmd, err)
			}
			return nil
		}
	}
	for _, verb := range cmd.Commands() {
		pointToHelp(verb)
	}
}
