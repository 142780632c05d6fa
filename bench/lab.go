package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// drawnInLab times what a reader of a long recording waits for, in a real
// JupyterLab in a real browser.
func drawnInLab(ctx context.Context, b *bench) error {
	const goal = time.Second
	cmd := exec.CommandContext(ctx, filepath.Join(b.root, "e2e", ".venv", "bin", "python"),
		filepath.Join(b.root, "bench", "lab.py"), strconv.Itoa(b.rounds))
	cmd.Stderr = os.Stderr
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGINT) } // it ends its server and browser
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("bench/lab.py: %w", err)
	}
	var took map[string]sample
	if err := json.Unmarshal(out, &took); err != nil {
		return fmt.Errorf("bench/lab.py printed %q: %w", out, err)
	}
	b.printf("## A long recording\n\nFrom the recording's end to the painted chart, in JupyterLab in Chromium:\n"+
		"parsed, merged, drawn, sent, shown. Medians of %d rounds in turns (fastest–slowest).\n\n", b.rounds)
	b.printf("| 100,000 events | time | goal | |\n| --- | --- | --- | --- |\n")
	for _, row := range []struct{ name, what string }{
		{"lock", "four threads, 50,000 times a `locks.Mutex`"},
		{"channel", "two goroutines, 34,000 times a channel"},
	} {
		s := took[row.name]
		if len(s) != b.rounds {
			return fmt.Errorf("bench/lab.py timed %s %d times", row.name, len(s))
		}
		b.printf("| %s | %s | ≤ %s | %s |\n", row.what, s, seconds(goal.Seconds()), verdict(s.median() <= goal.Seconds()))
	}
	b.printf("\n")
	return nil
}
