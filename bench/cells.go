package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/interleave-lab/interleave/internal/jupyter"
)

// The same five bars: recorded and drawn by this course, and drawn as a
// go-echarts page through gonbui, which is what a Go notebook does without it.
//
//go:embed cells/recorded.txt
var recordedCells string

//go:embed cells/gonbui.txt
var gonbuiCells string

// timedCell is a cell to time, and its kernel.
type timedCell struct {
	name   string
	kernel *jupyter.Kernel
	cell   string
	took   sample
}

// newTimedCell runs all cells but the last, which is the one to time.
func newTimedCell(ctx context.Context, name string, kernel *jupyter.Kernel, cells string) (*timedCell, error) {
	all := strings.Split(cells, "\n# ---\n")
	last := len(all) - 1
	for _, source := range all[:last] {
		before := &timedCell{name: name + ", before", kernel: kernel, cell: source}
		if err := before.run(ctx); err != nil {
			return nil, err
		}
	}
	return &timedCell{name: name, kernel: kernel, cell: all[last]}, nil
}

// run executes the cell once, with a text in it that it never had before: an
// unchanged cell would not be linked again, and nobody runs one.
func (c *timedCell) run(ctx context.Context) error {
	source := strings.ReplaceAll(c.cell, "ROUND", fmt.Sprint("round ", len(c.took), " at ", time.Now()))
	result, err := c.kernel.Execute(ctx, source)
	if err != nil {
		return fmt.Errorf("%s: %w", c.name, err)
	}
	if result.Failed {
		return fmt.Errorf("%s: the cell failed:\n%s", c.name, result.Error())
	}
	c.took.add(result.Duration)
	return nil
}

// What the ratio comes from.
//
//go:embed cells/spends.md
var chartCellSpends string

// chartCells times a cell that records and draws against a cell that prints,
// on the same kernel, and against a chart on an untuned kernel.
func chartCells(ctx context.Context, b *bench) error {
	tuned, err := jupyter.StartKernel(ctx, b.root, b.root)
	if err != nil {
		return err
	}
	defer tuned.Close()
	specs, err := untunedSpec(b.root)
	if err != nil {
		return err
	}
	defer os.RemoveAll(specs)
	untuned, err := jupyter.StartKernel(ctx, b.root, b.root, "JUPYTER_PATH="+specs)
	if err != nil {
		return err
	}
	defer untuned.Close()

	chart, err := newTimedCell(ctx, "record five threads and draw them", tuned, recordedCells)
	if err != nil {
		return err
	}
	html, err := newTimedCell(ctx, "gonbui and go-echarts HTML, untuned kernel", untuned, gonbuiCells)
	if err != nil {
		return err
	}
	plain := &timedCell{name: "`fmt.Println`", kernel: tuned, cell: "%%\nfmt.Println(\"ROUND\")"}
	cells := []*timedCell{plain, chart, html}
	for round := range b.rounds + 1 {
		for _, c := range cells {
			if err := c.run(ctx); err != nil {
				return err
			}
			if round == 0 { // linked and cached now
				c.took = nil
			}
		}
	}
	b.printf("## A cell with a chart\n\nMedians of %d rounds in turns (fastest–slowest).\n\n", b.rounds)
	b.printf("| cell | time |\n| --- | --- |\n")
	for _, c := range cells {
		b.printf("| %s | %s |\n", c.name, c.took)
	}
	b.printf("\n| ratio | measured | goal | |\n| --- | --- | --- | --- |\n")
	toPlain, toHTML := ratio(chart.took, plain.took), ratio(chart.took, html.took)
	b.printf("| chart cell / plain cell | %.2f | ≤ 1.50 | %s |\n", toPlain, verdict(toPlain <= 1.5))
	b.printf("| chart cell / gonbui and go-echarts | %.2f | ≤ 0.40 | %s |\n\n", toHTML, verdict(toHTML <= 0.4))
	b.printf("%s\n", chartCellSpends)
	return nil
}

// untunedSpec writes a kernel spec as GoNB itself installs it, in a folder for
// JUPYTER_PATH. The binaries are the same ones.
func untunedSpec(root string) (dir string, err error) {
	tuned, err := jupyter.NewSpec(root)
	if err != nil {
		return "", err
	}
	text, err := json.Marshal(map[string]any{
		"argv":         []string{tuned.Argv[0], "-kernel", "{connection_file}"},
		"display_name": "Go, untuned",
		"language":     "go",
		"env":          map[string]string{"PATH": tuned.Env["PATH"]},
	})
	if err != nil {
		return "", err
	}
	dir, err = os.MkdirTemp("", "interleave-bench-")
	if err != nil {
		return "", err
	}
	spec := filepath.Join(dir, "kernels", jupyter.KernelName)
	if err := os.MkdirAll(spec, 0o755); err != nil {
		return "", err
	}
	return dir, os.WriteFile(filepath.Join(spec, "kernel.json"), text, 0o644)
}

// firstCell times the first cell after a kernel's start.
func firstCell(ctx context.Context, b *bench) error {
	const goal = time.Second
	var start, cell sample
	for range b.rounds {
		began := time.Now()
		kernel, err := jupyter.StartKernel(ctx, b.root, b.root)
		if err != nil {
			return err
		}
		start.add(time.Since(began))
		c := &timedCell{name: "first cell", kernel: kernel, cell: "import \"fmt\"\n%%\nfmt.Println(\"hello\")"}
		err = c.run(ctx)
		kernel.Close()
		if err != nil {
			return err
		}
		cell = append(cell, c.took...)
	}
	b.printf("## The first cell\n\nMedians of %d kernels.\n\n", b.rounds)
	b.printf("| what | time | goal | |\n| --- | --- | --- | --- |\n")
	b.printf("| first cell after the kernel's start | %s | ≤ %s | %s |\n", cell, seconds(goal.Seconds()), verdict(cell.median() <= goal.Seconds()))
	b.printf("| the start itself, with its Jupyter client | %s | | |\n\n", start)
	return nil
}
