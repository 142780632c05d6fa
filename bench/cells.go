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

// bench is a kernel with a cell to time on it.
type bench struct {
	name   string
	kernel *jupyter.Kernel
	cell   string
	took   sample
}

// newBench runs all cells but the last, which is the one to time.
func newBench(ctx context.Context, name string, kernel *jupyter.Kernel, cells string) (*bench, error) {
	all := strings.Split(cells, "\n# ---\n")
	last := len(all) - 1
	for _, source := range all[:last] {
		before := &bench{name: name + ", before", kernel: kernel, cell: source}
		if err := before.run(ctx); err != nil {
			return nil, err
		}
	}
	return &bench{name: name, kernel: kernel, cell: all[last]}, nil
}

// run executes the cell once, with a text in it that it never had before: an
// unchanged cell would not be linked again, and nobody runs one.
func (b *bench) run(ctx context.Context) error {
	cell := strings.ReplaceAll(b.cell, "ROUND", fmt.Sprint("round ", len(b.took), " at ", time.Now()))
	result, err := b.kernel.Execute(ctx, cell)
	if err != nil {
		return fmt.Errorf("%s: %w", b.name, err)
	}
	if result.Failed {
		return fmt.Errorf("%s: the cell failed:\n%s", b.name, result.Error())
	}
	b.took = append(b.took, result.Duration)
	return nil
}

// chartCells times a cell that records and draws against a cell that prints,
// on the same kernel, and against a chart on an untuned kernel.
func chartCells(ctx context.Context, root string, rounds int) error {
	tuned, err := jupyter.StartKernel(ctx, root, root)
	if err != nil {
		return err
	}
	defer tuned.Close()
	specs, err := untunedSpec(root)
	if err != nil {
		return err
	}
	defer os.RemoveAll(specs)
	untuned, err := jupyter.StartKernel(ctx, root, root, "JUPYTER_PATH="+specs)
	if err != nil {
		return err
	}
	defer untuned.Close()

	chart, err := newBench(ctx, "record five threads and draw them", tuned, recordedCells)
	if err != nil {
		return err
	}
	html, err := newBench(ctx, "gonbui and go-echarts HTML, untuned kernel", untuned, gonbuiCells)
	if err != nil {
		return err
	}
	plain := &bench{name: "`fmt.Println`", kernel: tuned, cell: "%%\nfmt.Println(\"ROUND\")"}
	benches := []*bench{plain, chart, html}
	for round := range rounds + 1 {
		for _, b := range benches {
			if err := b.run(ctx); err != nil {
				return err
			}
			if round == 0 { // linked and cached now
				b.took = nil
			}
		}
	}
	fmt.Printf("## A cell with a chart\n\nMedians of %d rounds in turns (fastest–slowest).\n\n", rounds)
	fmt.Println("| cell | time |\n| --- | --- |")
	for _, b := range benches {
		fmt.Printf("| %s | %s |\n", b.name, b.took)
	}
	fmt.Println("\n| ratio | measured | goal | |\n| --- | --- | --- | --- |")
	toPlain, toHTML := ratio(chart.took, plain.took), ratio(chart.took, html.took)
	fmt.Printf("| chart cell / plain cell | %.2f | ≤ 1.50 | %s |\n", toPlain, verdict(toPlain <= 1.5))
	fmt.Printf("| chart cell / gonbui and go-echarts | %.2f | ≤ 0.40 | %s |\n\n", toHTML, verdict(toHTML <= 0.4))
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
func firstCell(ctx context.Context, root string, rounds int) error {
	const goal = time.Second
	var start, cell sample
	for range rounds {
		began := time.Now()
		kernel, err := jupyter.StartKernel(ctx, root, root)
		if err != nil {
			return err
		}
		start = append(start, time.Since(began))
		b := &bench{name: "first cell", kernel: kernel, cell: "import \"fmt\"\n%%\nfmt.Println(\"hello\")"}
		err = b.run(ctx)
		kernel.Close()
		if err != nil {
			return err
		}
		cell = append(cell, b.took...)
	}
	fmt.Printf("## The first cell\n\nMedians of %d kernels.\n\n", rounds)
	fmt.Println("| what | time | goal | |\n| --- | --- | --- | --- |")
	fmt.Printf("| first cell after the kernel's start | %s | ≤ %s | %s |\n", cell, goal, verdict(cell.median() <= goal))
	fmt.Printf("| the start itself, with its Jupyter client | %s | | |\n\n", start)
	return nil
}
