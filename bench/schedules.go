package main

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
)

// reported is one metric of a benchmark's line.
var reported = regexp.MustCompile(`([0-9.]+) (runs/s|cpu-ns/step|steps/run)`)

// schedules prints how fast a small program runs under one schedule after another.
func schedules(ctx context.Context, b *bench) error {
	binary := filepath.Join(b.programs, "schedules")
	build := exec.CommandContext(ctx, "go", "test", "-race", "-c", "-o", binary, "./internal/engine/schedule")
	build.Dir = b.root
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("%w\n%s", err, out)
	}
	found := map[string][]float64{}
	for range b.rounds {
		cmd := exec.CommandContext(ctx, binary, "-test.run=^$", "-test.bench=^BenchmarkRun$", "-test.benchtime=3000x")
		cmd.Dir = filepath.Join(b.root, "internal/engine/schedule")
		out, err := cmd.CombinedOutput()
		if err != nil {
			return fmt.Errorf("%w\n%s", err, out)
		}
		for _, m := range reported.FindAllStringSubmatch(string(out), -1) {
			value, err := strconv.ParseFloat(m[1], 64)
			if err != nil {
				return err
			}
			found[m[2]] = append(found[m[2]], value)
		}
	}
	median := func(of string) float64 {
		slices.Sort(found[of])
		return found[of][len(found[of])/2]
	}
	if len(found) != 3 {
		return fmt.Errorf("the benchmark tells %v", found)
	}
	b.printf("## Schedules\n\nA program of four goroutines, a mutex and a channel, %.0f steps, runs with the race detector under %.0f schedules a second; "+
		"a step takes %.1f µs of a processor.\n\n", median("steps/run"), median("runs/s"), median("cpu-ns/step")/1000)
	return nil
}
