package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// wholeDay times Day 3 from the kernel's start to its end, solved. It takes a
// minute at most, so a few rounds must do.
func wholeDay(ctx context.Context, b *bench) error {
	const goal = time.Minute
	days, err := filepath.Glob(filepath.Join(b.root, "notebooks", "day-03-*.ipynb"))
	if err != nil || len(days) != 1 {
		return fmt.Errorf("one notebook of day 3 was expected, found %q", days)
	}
	var took sample
	for range b.rounds {
		cmd := exec.CommandContext(ctx, filepath.Join(b.root, "bin", "interleave"), "run", "--solved", days[0])
		cmd.Stderr = os.Stderr
		began := time.Now()
		if out, err := cmd.Output(); err != nil {
			return fmt.Errorf("interleave run: %w\n%s", err, out)
		}
		took.add(time.Since(began))
	}
	b.printf("## A whole day\n\nMedian of %d runs.\n\n", b.rounds)
	b.printf("| what | time | goal | |\n| --- | --- | --- | --- |\n")
	b.printf("| Day 3, every cell, tasks solved | %s | ≤ %s | %s |\n\n", took, seconds(goal.Seconds()), verdict(took.median() <= goal.Seconds()))
	return nil
}
