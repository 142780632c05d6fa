package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/interleave-lab/interleave/internal/jupyter"
	"github.com/interleave-lab/interleave/internal/notebook"
	"github.com/interleave-lab/interleave/internal/project"
)

// runReport is what a run says of one notebook, also as JSON.
type runReport struct {
	Notebook string               `json:"notebook"`
	OK       bool                 `json:"ok"`
	Seconds  float64              `json:"seconds"`
	Problem  string               `json:"problem,omitempty"` // why the run did not get to the end
	Written  []string             `json:"written,omitempty"` // files
	Cells    []jupyter.CellReport `json:"cells"`
}

type runner struct {
	root, solutions, out string
	solved, html         bool
	timeout              time.Duration
	progress             io.Writer
}

func newRun() *cobra.Command {
	var r runner
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "run NOTEBOOK...",
		Short: "Run notebooks from top to bottom on the real kernel",
		Long: `Run notebooks from top to bottom, each on a fresh kernel, one line a cell. The
notebook itself is never changed.

A cell is broken when it fails, when it does not show what the notebook expects
of it, or when its check does not pass. A task that nobody has begun is told as
"not solved yet" and breaks nothing.

Exit status: 0 no cell is broken, 1 some are, 2 a notebook could not be run.`,
		Example: `  interleave run notebooks/day-03-threads-and-processes.ipynb
  interleave run --solved --html --out pages notebooks/*.ipynb`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			if r.root, err = project.Root(); err != nil {
				return err
			}
			if r.html && r.out == "" {
				r.out = filepath.Join(r.root, "build", "pages")
			}
			r.progress = cmd.OutOrStdout()
			if asJSON {
				r.progress = io.Discard
			}
			ctx, stop := interruptible(cmd)
			defer stop()
			var reports []runReport
			ok := true
			for _, path := range args {
				report, err := r.run(ctx, path)
				if err != nil {
					return err
				}
				reports = append(reports, report)
				ok = ok && report.OK
			}
			if asJSON {
				enc := json.NewEncoder(cmd.OutOrStdout())
				enc.SetIndent("", "  ")
				if err := enc.Encode(reports); err != nil {
					return err
				}
			}
			if !ok {
				return errFound
			}
			return nil
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&r.solved, "solved", false, "fill the tasks with the reference solutions first")
	flags.StringVar(&r.solutions, "solutions", "", "`folder` of the reference solutions (default: the course's own)")
	flags.StringVar(&r.out, "out", "", "`folder` that gets the executed notebooks")
	flags.BoolVar(&r.html, "html", false, "also write a page of each, with its charts (to build/pages without --out)")
	flags.BoolVar(&asJSON, "json", false, "print one JSON document instead of lines")
	flags.DurationVar(&r.timeout, "timeout", 2*time.Minute, "for one cell, such as 30s")
	return cmd
}

func (r *runner) run(ctx context.Context, path string) (runReport, error) {
	report := runReport{Notebook: path, Cells: []jupyter.CellReport{}}
	n, err := notebook.Read(path)
	if err != nil {
		return report, err
	}
	if r.solved {
		if err := jupyter.Solve(r.root, r.solutions, n); err != nil {
			return report, fmt.Errorf("%s: %w", path, err)
		}
	}
	fmt.Fprintln(r.progress, path)
	began := time.Now()
	execution := jupyter.Runner{Root: r.root, Timeout: r.timeout, Observe: func(c jupyter.CellReport) {
		printCell(r.progress, c, len(n.Cells))
	}}
	cells, err := execution.Run(ctx, path, n)
	report.Cells = append(report.Cells, cells...)
	report.Seconds = time.Since(began).Seconds()
	if errors.Is(err, context.Canceled) {
		return report, fmt.Errorf("%s: interrupted after %d cells; no kernel is left", path, len(cells))
	}
	if err != nil {
		return report, err
	}
	report.OK = true
	for _, c := range cells {
		report.OK = report.OK && c.Status != jupyter.Broken
	}
	printSummary(r.progress, report)
	if r.out != "" {
		if report.Written, err = r.write(path, n); err != nil {
			return report, err
		}
		fmt.Fprintln(r.progress, "  wrote", strings.Join(report.Written, " and "))
	}
	return report, nil
}

// write keeps the executed notebook, and a page of it, in the out folder.
func (r *runner) write(path string, n *notebook.Notebook) (written []string, err error) {
	if err := os.MkdirAll(r.out, 0o755); err != nil {
		return nil, err
	}
	target := filepath.Join(r.out, filepath.Base(path))
	if same(path, target) {
		return nil, fmt.Errorf("--out %s would overwrite %s: name another folder", r.out, path)
	}
	if err := n.Write(target); err != nil {
		return nil, err
	}
	written = append(written, target)
	if r.html {
		name := strings.TrimSuffix(filepath.Base(path), ".ipynb")
		page, err := jupyter.HTML(r.root, name, n)
		if err != nil {
			return nil, err
		}
		target := filepath.Join(r.out, name+".html")
		if err := os.WriteFile(target, page, 0o644); err != nil {
			return nil, err
		}
		written = append(written, target)
	}
	return written, nil
}

func same(a, b string) bool {
	x, errX := os.Stat(a)
	y, errY := os.Stat(b)
	return errX == nil && errY == nil && os.SameFile(x, y)
}

func printCell(w io.Writer, c jupyter.CellReport, of int) {
	mark, note := "✓", ""
	switch c.Status {
	case jupyter.Broken:
		mark = "✗"
	case jupyter.Unsolved:
		mark, note = "–", "  "+string(c.Status)
	}
	line := fmt.Sprintf("  %s %3d/%d  %-36s %6.2f s%s", mark, c.Cell, of, c.ID, c.Seconds, note)
	fmt.Fprintln(w, strings.TrimRight(line, " "))
	if c.Problem != "" {
		fmt.Fprintln(w, "      "+strings.ReplaceAll(c.Problem, "\n", "\n      "))
	}
}

func printSummary(w io.Writer, report runReport) {
	count := map[jupyter.Status]int{}
	for _, c := range report.Cells {
		count[c.Status]++
	}
	fmt.Fprintf(w, "  %d cells in %.1f s: %d ok", len(report.Cells), report.Seconds, count[jupyter.OK])
	if n := count[jupyter.Unsolved]; n > 0 {
		fmt.Fprintf(w, ", %d not solved yet", n)
	}
	if n := count[jupyter.Broken]; n > 0 {
		fmt.Fprintf(w, ", %d broken", n)
	}
	fmt.Fprintln(w)
}
