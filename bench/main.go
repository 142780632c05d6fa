// Command bench prints the figures that docs/benchmarks.md states, and writes that
// file: what the course costs on this machine, mostly as ratios to what others take
// for the same. Machines differ and are noisy, so a case is never timed alone: the
// cases of a figure take turns within one run, and medians are compared.
//
//	go run ./bench                    # everything, and write docs/benchmarks.md
//	go run ./bench -only queues,locks # some parts, and write these
//	go run ./bench -only lessons -rounds 2 # to see whether it works
package main

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"

	"github.com/interleave-lab/interleave/internal/project"
)

// enough rounds for a figure to be written down.
const enough = 10

//go:embed intro.md
var intro string

func main() {
	rounds := flag.Int("rounds", 15, "how often each case is timed; fewer than 10 are only for a try, and not written down")
	only := flag.String("only", "", "the parts to measure, separated by commas: "+strings.Join(partNames(), ", "))
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *rounds, *only); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, rounds int, only string) error {
	chosen, err := choose(only)
	if err != nil {
		return err
	}
	if rounds < 1 {
		return errors.New("-rounds must be at least 1")
	}
	root, err := project.Root()
	if err != nil {
		return err
	}
	programs, err := buildPrograms(ctx, root)
	if err != nil {
		return err
	}
	defer os.RemoveAll(programs)

	b := &bench{root: root, programs: programs, rounds: rounds, out: os.Stdout}
	head := intro + "\n" + machine(ctx, b)
	fmt.Fprint(b.out, head, "\n")
	measured := map[string]string{}
	for _, p := range chosen {
		var text bytes.Buffer
		b.out = io.MultiWriter(os.Stdout, &text)
		if err := p.measure(ctx, b); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		measured[p.name] = text.String()
	}
	if rounds < enough {
		return nil
	}
	file := filepath.Join(root, "docs", "benchmarks.md")
	before, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return os.WriteFile(file, []byte(merge(string(before), head, measured)), 0o644)
}

// bench is what every part needs.
type bench struct {
	root     string
	programs string // the folder with the Go programs that were built for it
	rounds   int
	out      io.Writer
}

func (b *bench) printf(format string, args ...any) { fmt.Fprintf(b.out, format, args...) }

// part is a section of the page.
type part struct {
	name    string
	measure func(context.Context, *bench) error
}

var parts = []part{
	{"cells", chartCells}, {"start", firstCell}, {"day", wholeDay},
	{"threads", measured(threadFigures)}, {"pools", measured(poolFigures)},
	{"processes", measured(processFigures)}, {"queues", measured(queueFigures)},
	{"locks", measured(lockFigures)}, {"eventloop", measured(loopFigures)},
	{"recording", measured(recordingFigures)},
	{"lab", drawnInLab}, {"lessons", lessons}, {"check", checkCells}, {"grading", grading}, {"schedules", schedules},
}

func partNames() []string {
	var names []string
	for _, p := range parts {
		names = append(names, p.name)
	}
	return names
}

func choose(only string) ([]part, error) {
	if only == "" {
		return parts, nil
	}
	var chosen []part
	for name := range strings.SplitSeq(only, ",") {
		i := slices.IndexFunc(parts, func(p part) bool { return p.name == name })
		if i < 0 {
			return nil, fmt.Errorf("there is no part %q: choose from %s", name, strings.Join(partNames(), ", "))
		}
		chosen = append(chosen, parts[i])
	}
	return chosen, nil
}
