package main

import (
	"context"
	_ "embed"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/interleave-lab/interleave/internal/jupyter"
	"github.com/interleave-lab/interleave/internal/notebook"
)

// nbgraderTest is a teacher's test cell for the class's exercise: it asks for the
// results alone.
//
//go:embed cells/nbgrader.txt
var nbgraderTest string

// autograde times nbgrader on the class's answers, in notebooks that run under the
// course's kernel. why says why it could not be measured.
func autograde(ctx context.Context, b *bench, handed, course string) (took time.Duration, why string, err error) {
	bin := filepath.Join(b.root, "deploy", "nbgrader", ".venv", "bin")
	if _, err := os.Stat(filepath.Join(bin, "nbgrader")); err != nil {
		return 0, "nbgrader is not installed; make nbgrader does that", nil
	}
	if err := os.RemoveAll(course); err != nil {
		return 0, "", err
	}
	const day = "day"
	source := notebook.Notebook{Minor: 5, Metadata: map[string]any{"kernelspec": map[string]any{"name": jupyter.KernelName, "display_name": "Go", "language": "go"}}}
	solution, test := notebook.NewCell(notebook.Code, "answer", ""), notebook.NewCell(notebook.Code, "test", nbgraderTest)
	solution.Metadata = nbgraderCell("answer", true)
	test.Metadata = nbgraderCell("test", false)
	source.Cells = []*notebook.Cell{solution, test}
	for _, place := range []string{"source/" + day, "submitted"} {
		if err := os.MkdirAll(filepath.Join(course, place), 0o700); err != nil {
			return 0, "", err
		}
	}
	if err := source.Write(filepath.Join(course, "source", day, "class.ipynb")); err != nil {
		return 0, "", err
	}
	const config = "c = get_config()\n" +
		"c.Exchange.root = '.'\nc.ClearSolutions.code_stub = {'go': '// your code'}\n" +
		"c.ExecutePreprocessor.timeout = 10\nc.Autograde.create_student = True\n"
	if err := os.WriteFile(filepath.Join(course, "nbgrader_config.py"), []byte(config), 0o600); err != nil {
		return 0, "", err
	}
	run := func(args ...string) ([]byte, error) {
		cmd := exec.CommandContext(ctx, filepath.Join(bin, "nbgrader"), args...)
		cmd.Dir = course
		cmd.Env = append(jupyter.Environment(b.root),
			"PATH="+bin+string(filepath.ListSeparator)+os.Getenv("PATH"), "HOME="+course,
			"JUPYTER_PATH="+filepath.Join(b.root, ".venv", "share", "jupyter"))
		return cmd.CombinedOutput()
	}
	if out, err := run("generate_assignment", day, "--create"); err != nil {
		return 0, "", fmt.Errorf("nbgrader generate_assignment: %w\n%s", err, out)
	}
	release := filepath.Join(course, "release", day, "class.ipynb")
	answers, err := filepath.Glob(filepath.Join(handed, "*", "*.go"))
	if err != nil {
		return 0, "", err
	}
	for _, answer := range answers {
		text, err := os.ReadFile(answer)
		if err != nil {
			return 0, "", err
		}
		n, err := notebook.Read(release)
		if err != nil {
			return 0, "", err
		}
		_, n.Cells[0].Source, _ = strings.Cut(string(text), "\n") // the kernel has its own package clause
		folder := filepath.Join(course, "submitted", filepath.Base(filepath.Dir(answer)), day)
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return 0, "", err
		}
		if err := n.Write(filepath.Join(folder, "class.ipynb")); err != nil {
			return 0, "", err
		}
	}
	began := time.Now()
	out, err := run("autograde", day)
	took = time.Since(began)
	done, _ := filepath.Glob(filepath.Join(course, "autograded", "*", day, "class.ipynb"))
	if len(done) == 0 {
		return 0, "", fmt.Errorf("nbgrader autograde graded nothing: %w\n%s", err, out)
	}
	return took, "", nil
}

func nbgraderCell(id string, solution bool) map[string]any {
	cell := map[string]any{"schema_version": 3, "grade_id": id, "grade": !solution, "solution": solution, "locked": !solution, "task": false}
	if !solution {
		cell["points"] = 1
	}
	return map[string]any{"nbgrader": cell}
}
