package jupyter

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/interleave-lab/interleave/internal/notebook"
)

// Status is how a cell of a run fared.
type Status string

// A broken cell is what makes a notebook fail.
const (
	OK       Status = "ok"
	Broken   Status = "broken"
	Unsolved Status = "not solved yet" // a cell of a task whose stub is untouched
)

// CellReport is what a run says of one code cell.
type CellReport struct {
	Cell    int     `json:"cell"` // position among all cells, from 1
	ID      string  `json:"id"`
	Status  Status  `json:"status"`
	Seconds float64 `json:"seconds"`
	Problem string  `json:"problem,omitempty"` // of a broken cell: what is wrong, may have lines
}

// Runner runs notebooks from top to bottom on the real kernel, one fresh
// kernel each.
type Runner struct {
	Root    string
	Timeout time.Duration    // for one cell
	Observe func(CellReport) // called after each code cell; may be nil
}

// Run runs every code cell of n, whose file is at path, and leaves the outputs
// in n. A cell that fails or breaks its own expectation is a report, not an
// error, and the run goes on; the error is for a run that could not go on: no
// kernel, ctx ended. The reports say how far it came.
func (r *Runner) Run(ctx context.Context, path string, n *notebook.Notebook) (reports []CellReport, err error) {
	if name := kernelOf(n); name != "" && name != KernelName {
		return nil, fmt.Errorf("%s: it is written for the kernel %q, and the course runs %q alone", path, name, KernelName)
	}
	n.StripOutputs()
	dir, err := filepath.Abs(filepath.Dir(path))
	if err != nil {
		return nil, err
	}
	kernel, err := StartKernel(ctx, r.Root, dir)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, kernel.Close()) }()
	judge := judge{root: r.Root, notebook: n}
	for i, cell := range n.Cells {
		if cell.Type != notebook.Code {
			continue
		}
		report := CellReport{Cell: i + 1, ID: cell.ID}
		result, err := r.execute(ctx, kernel, cell)
		if result != nil {
			report.Seconds = result.Duration.Seconds()
			report.Status, report.Problem = judge.verdict(cell, result)
		}
		if err != nil {
			report.Status, report.Problem = Broken, err.Error()
		}
		reports = append(reports, report)
		if r.Observe != nil {
			r.Observe(report)
		}
		switch {
		case ctx.Err() != nil:
			return reports, ctx.Err()
		case result == nil:
			return reports, nil // a dead kernel runs nothing more
		}
	}
	return reports, nil
}

func (r *Runner) execute(ctx context.Context, k *Kernel, cell *notebook.Cell) (*Result, error) {
	ctx, cancel := context.WithTimeout(ctx, r.Timeout)
	defer cancel()
	result, err := k.Execute(ctx, cell.Source)
	if result != nil {
		cell.Outputs = result.Outputs
		if result.Count > 0 {
			cell.ExecutionCount = &result.Count
		}
	}
	switch {
	case result != nil && errors.Is(err, context.DeadlineExceeded):
		err = fmt.Errorf("it took longer than %v and was interrupted", r.Timeout)
	case result != nil && errors.Is(err, context.Canceled):
		err = errors.New("it was interrupted")
	}
	return result, err
}

func kernelOf(n *notebook.Notebook) string {
	spec, _ := n.Metadata["kernelspec"].(map[string]any)
	name, _ := spec["name"].(string)
	return name
}
