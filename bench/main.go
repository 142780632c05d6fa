// Command bench prints the figures that docs/benchmarks.md states: what a
// reader's cells cost on this machine, as ratios to what they are measured
// against. Machines differ and are noisy, so a case is never timed alone: the
// cases of a table take turns within one run, and medians are compared.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"

	"github.com/interleave-lab/interleave/internal/project"
)

func main() {
	rounds := flag.Int("rounds", 15, "how often each case is timed, at least 10")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *rounds); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, rounds int) error {
	if rounds < 10 {
		return fmt.Errorf("-rounds %d: a median of fewer than 10 says little", rounds)
	}
	root, err := project.Root()
	if err != nil {
		return err
	}
	for _, figures := range []func(context.Context, string, int) error{
		chartCells, firstCell, wholeDay,
	} {
		if err := figures(ctx, root, rounds); err != nil {
			return err
		}
	}
	return nil
}
