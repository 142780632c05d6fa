package jupyter_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/internal/jupyter"
	"github.com/interleave-lab/interleave/internal/notebook"
	"github.com/interleave-lab/interleave/internal/project"
)

func runner(t *testing.T, limit time.Duration) *jupyter.Runner {
	t.Helper()
	root, err := project.Root()
	if err != nil {
		t.Fatal(err)
	}
	return &jupyter.Runner{Root: root, Timeout: limit}
}

func lesson(t *testing.T, sources ...string) *notebook.Notebook {
	t.Helper()
	n := &notebook.Notebook{Minor: 5, Metadata: map[string]any{}}
	for i, source := range sources {
		n.Cells = append(n.Cells, notebook.NewCell(notebook.Code, "cell-"+string(rune('a'+i)), source))
	}
	return n
}

func path(t *testing.T) string { return filepath.Join(t.TempDir(), "day.ipynb") }

func TestRunKeepsOutputsAndGoesOnAfterABrokenCell(t *testing.T) {
	n := lesson(t, "import \"fmt\"\n%%\nfmt.Println(\"one\")", "%%\npanic(\"boom\")", "%%\nfmt.Println(\"three\")")
	reports, err := runner(t, time.Minute).Run(t.Context(), path(t), n)
	if err != nil {
		t.Fatal(err)
	}
	var statuses []string
	for _, r := range reports {
		statuses = append(statuses, string(r.Status))
	}
	if got := strings.Join(statuses, ", "); got != "ok, broken, ok" {
		t.Errorf("the cells are %s", got)
	}
	if !strings.Contains(reports[1].Problem, "boom") {
		t.Errorf("the problem is %q", reports[1].Problem)
	}
	if text := string(n.Bytes()); !strings.Contains(text, `"three\n"`) || !strings.Contains(text, `"execution_count": 3`) {
		t.Errorf("the outputs are not in the notebook:\n%s", text)
	}
}

func TestRunInterruptsACellThatTakesTooLong(t *testing.T) {
	n := lesson(t, "%%\nselect {\ncase <-time.After(time.Hour):\n}", "import \"fmt\"\n%%\nfmt.Println(\"next\")")
	reports, err := runner(t, 10*time.Second).Run(t.Context(), path(t), n)
	if err != nil {
		t.Fatal(err)
	}
	if len(reports) != 2 || reports[0].Status != jupyter.Broken || !strings.Contains(reports[0].Problem, "longer than 10s") || reports[1].Status != jupyter.OK {
		t.Errorf("the reports are %+v", reports)
	}
}

func TestRunTellsOfADeadKernel(t *testing.T) {
	n := lesson(t, "import (\n\t\"os\"\n\t\"syscall\"\n)\n%%\nsyscall.Kill(os.Getppid(), syscall.SIGKILL)", "%%\nprintln(1)")
	reports, err := runner(t, time.Minute).Run(t.Context(), path(t), n)
	if len(reports) != 1 || !strings.Contains(reports[0].Problem, "the kernel died") {
		t.Errorf("the reports are %+v, the error %v", reports, err)
	}
}

func TestRunEndsWhenItsContextDoes(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	r := runner(t, time.Minute)
	r.Observe = func(jupyter.CellReport) { cancel() }
	reports, err := r.Run(ctx, path(t), lesson(t, "%%\nprintln(1)", "%%\nprintln(2)"))
	if !errors.Is(err, context.Canceled) || len(reports) != 1 {
		t.Errorf("%d reports, error %v", len(reports), err)
	}
}

func TestRunRefusesTheNotebookOfAnotherKernel(t *testing.T) {
	n := lesson(t, "print(1)")
	n.Metadata["kernelspec"] = map[string]any{"name": "python3"}
	if _, err := runner(t, time.Minute).Run(t.Context(), path(t), n); err == nil || !strings.Contains(err.Error(), `"python3"`) {
		t.Errorf("got %v", err)
	}
}

func TestRunWithoutAnEnvironmentSaysWhatToDo(t *testing.T) {
	t.Setenv("INTERLEAVE_VENV", t.TempDir())
	if _, err := runner(t, time.Minute).Run(t.Context(), path(t), lesson(t, "")); err == nil || !strings.Contains(err.Error(), "make setup") {
		t.Errorf("got %v", err)
	}
}

func TestThePageNeedsNoNetwork(t *testing.T) {
	n := lesson(t, "%%\nfmt.Println(\"<b>\")")
	n.Cells[0].Outputs = []any{
		map[string]any{"output_type": "stream", "name": "stdout", "text": "<b>\n"},
		map[string]any{"output_type": "display_data", "metadata": map[string]any{}, "data": map[string]any{
			"text/html": "<figure>the chart</figure>", "text/plain": "a chart", jupyter.ChartType: map[string]any{},
		}},
	}
	title := notebook.NewCell(notebook.Markdown, "title", "# Day 1: A & B\n\nProse.")
	n.Cells = append([]*notebook.Cell{title}, n.Cells...)
	page, err := jupyter.HTML(runner(t, time.Minute).Root, "Day & night", n)
	if err != nil {
		t.Fatal(err)
	}
	text := string(page)
	for _, want := range []string{"<title>Day &amp; night</title>", "A &amp; B", "<figure>the chart</figure>", "&lt;b&gt;", "prefers-color-scheme: dark"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in the page", want)
		}
	}
	for _, unwanted := range []string{"http", "<script", "<link", "@import", "a chart</pre>"} {
		if strings.Contains(text, unwanted) {
			t.Errorf("%q is in the page", unwanted)
		}
	}
}
