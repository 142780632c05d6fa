package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"

	"github.com/spf13/cobra"

	"github.com/interleave-lab/interleave/internal/explore"
	"github.com/interleave-lab/interleave/internal/report"
	"github.com/interleave-lab/interleave/internal/sandbox"
)

func newExplore() *cobra.Command {
	var e explorer
	cmd := &cobra.Command{
		Use:   "explore DIR",
		Short: "Judge the tests, or main, of any Go package under many schedules",
		Long: `Run each test function of the Go package in a folder, or its main if it has no
tests, under many schedules, in virtual time and with the race detector: a sleep
costs nothing, and each seed is another order of goroutines. It finds races,
deadlocks, leaked goroutines, and tests that fail in some order alone, and prints
the steps of the schedule that failed, with the fewest goroutines held back.

The package may lie in any module. Nothing is written there. The module's own code
is explored; imports of other modules run as they are, and are named. What waits for
something real, such as the network, cannot be judged, and the answer says where.

It runs as go test would run it, since it is your own: with your files and your
network. With --sandbox auto, what somebody else has written runs confined, in the
strongest sandbox that holds on this machine, and without files of the package.

Exit status: 0 all passed, 1 some did not, 2 nothing could be judged.`,
		Example: `  interleave explore .
  interleave explore ./bank --run '^TestTransfer$' --seeds 1000
  interleave explore ./bank --run '^TestTransfer$' --seed 17
  interleave explore ./handed-in --sandbox auto

  $ interleave explore ./bank
  deadlock      TestTransfer, under schedule 3, the 4th tried
                Each of these waits for a lock that the next one holds, and the last for one that the first holds: …
                …
  passed        TestInOrder, under 200 schedules (0.1 s)
  Sandbox: none
  1 of 2 passed.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return e.run(cmd, args[0]) },
	}
	cmd.Flags().StringVar(&e.match, "run", "", "only functions whose name this regular `expression` matches")
	cmd.Flags().Uint64Var(&e.seeds, "seeds", 200, "under how many schedules")
	cmd.Flags().Uint64Var(&e.seed, "seed", 0, "under this schedule alone")
	cmd.Flags().StringVar(&e.sandbox, "sandbox", "", "run programs in this `tier`: none, auto, namespaces or landlock (default: $"+sandbox.Variable+", or none)")
	cmd.Flags().BoolVar(&e.json, "json", false, "print the report as JSON")
	cmd.Flags().IntVar(&e.snippet, "snippet", 0, "DIR is a program of the kernel's; explore the function that is handed over in this line of it; give up when standard input ends")
	_ = cmd.Flags().MarkHidden("snippet") // cells say it
	return cmd
}

type explorer struct {
	match       string
	seeds, seed uint64
	sandbox     string
	json        bool
	snippet     int
}

// box is the sandbox that was asked for; nil is none, which is what is taken unless
// one is.
func (e *explorer) box(ctx context.Context) (*sandbox.Box, error) {
	if e.sandbox == "" && os.Getenv(sandbox.Variable) == "" {
		return nil, nil
	}
	tier, err := wantedSandbox(e.sandbox)
	if err != nil || tier == sandbox.None {
		return nil, err
	}
	return sandbox.Choose(ctx, tier)
}

func (e *explorer) run(cmd *cobra.Command, dir string) error {
	request := explore.Request{Dir: dir, Seeds: e.seeds}
	if e.match != "" {
		match, err := regexp.Compile(e.match)
		if err != nil {
			return fmt.Errorf("--run: %w", err)
		}
		request.Match = match
	}
	if cmd.Flags().Changed("seed") {
		if cmd.Flags().Changed("seeds") {
			return errors.New("--seed is one schedule, --seeds how many: give one of them")
		}
		request.First, request.Seeds = e.seed, 1
	}
	if request.Seeds == 0 {
		return errors.New("--seeds has to be at least 1")
	}
	ctx, stop := interruptible(cmd)
	defer stop()
	if e.snippet > 0 {
		// The cell holds the other end: when it is interrupted, so is this.
		var cancel context.CancelFunc
		ctx, cancel = context.WithCancel(ctx)
		defer cancel()
		go func() {
			_, _ = io.Copy(io.Discard, cmd.InOrStdin())
			cancel()
		}()
		var err error
		if request.Snippet, err = explore.NewSnippet(dir, e.snippet); err != nil {
			return err
		}
		request.Dir = request.Snippet.Dir()
	}
	box, err := e.box(ctx)
	if err != nil {
		return err
	}
	request.Box = box
	progress := newBar(cmd.ErrOrStderr())
	request.Judged = progress.set
	r, err := explore.Explore(ctx, request)
	progress.finish()
	switch {
	case ctx.Err() != nil:
		return errors.New("interrupted before all was judged")
	case err != nil:
		return err
	}
	out := cmd.OutOrStdout()
	if e.snippet > 0 {
		err = report.JSON(out, r.Cell())
	} else if e.json {
		err = report.JSON(out, r)
	} else {
		_, err = fmt.Fprint(out, r.Text())
	}
	if err != nil {
		return err
	}
	if r.Found() {
		return errFound
	}
	return nil
}
