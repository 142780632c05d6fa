package exercise_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/internal/exercise"
	"github.com/interleave-lab/interleave/internal/notebook"
)

const stub = "package adder\n\nfunc Add(a, b int) int {\n\tpanic(\"not written yet\")\n}\n"

// given returns the exercise, with a stub, and a notebook of it as it is given out:
// the graded cell, then the check cell.
func given(t *testing.T) (*exercise.Exercise, *notebook.Notebook) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "adder.go"), []byte(stub), 0o600); err != nil {
		t.Fatal(err)
	}
	e := *adder
	e.Dir, e.Solution.Dir = dir, filepath.Join(dir, "nowhere")
	n := cells(t, "graded:", "")
	e.GradedCell(n.Cells[0], []byte(stub))
	e.CheckCell(n.Cells[1], 3)
	return &e, n
}

func nbgrader(c *notebook.Cell) map[string]any { return c.Metadata["nbgrader"].(map[string]any) }

// What learners and others do to the cells that they were given.
func TestCellsThatWereTamperedWith(t *testing.T) {
	for name, c := range map[string]struct {
		do   func(n *notebook.Notebook)
		says string // of the error
		note string
	}{
		"solved": {func(n *notebook.Notebook) {}, "", ""},
		"the check cell edited": {func(n *notebook.Notebook) {
			n.Cells[1].Source = "func Add(a, b int) int { return 42 }"
		}, "", "the check cell was changed"},
		"the answer in the check cell": {func(n *notebook.Notebook) {
			n.Cells[0].Source, n.Cells[1].Source = "", add
		}, "It stands in a check cell", ""},
		"another grade_id": {func(n *notebook.Notebook) {
			nbgrader(n.Cells[0])["grade_id"] = "other\n"
		}, "", "says to be other_ in its metadata"},
		"another checksum": {func(n *notebook.Notebook) {
			nbgrader(n.Cells[0])["checksum"] = "00"
		}, "", "another version of the course"},
		"no metadata at all": {func(n *notebook.Notebook) {
			n.Cells[0].Metadata = map[string]any{}
		}, "", ""},
		"metadata of other types": {func(n *notebook.Notebook) {
			n.Cells[0].Metadata = map[string]any{"nbgrader": 1, "interleave": []any{}}
			n.Cells[1].Metadata = map[string]any{"nbgrader": map[string]any{"grade_id": 7.5, "locked": "yes"}}
		}, "", ""},
		"a graded cell turned into text": {func(n *notebook.Notebook) {
			n.Cells[0].Type = notebook.Markdown
		}, "choose Code", ""},
		"a graded cell turned into text, solved elsewhere": {func(n *notebook.Notebook) {
			n.Cells[0].Type = notebook.Raw
			n.Cells = append(n.Cells, notebook.NewCell(notebook.Code, "x", add))
		}, "", ""},
		"merged with the check cell": {func(n *notebook.Notebook) {
			n.Cells[0].Source += "\n" + n.Cells[1].Source
			n.Cells = n.Cells[:1]
		}, "", ""},
		"split between functions": {func(n *notebook.Notebook) {
			n.Cells[0].Source = "func Add(a, b int) int { return sum(a, b) }"
			n.Cells[1] = notebook.NewCell(notebook.Code, "x", "func sum(a, b int) int { return a + b }")
		}, "", ""},
		"split in a function": {func(n *notebook.Notebook) {
			n.Cells[0].Source = "func Add(a, b int) int {"
			n.Cells[1] = notebook.NewCell(notebook.Code, "x", "\treturn a + b\n}")
		}, "line 1 of your answer", ""},
		"doubled": {func(n *notebook.Notebook) {
			twin := *n.Cells[0]
			n.Cells[0].Source = "func Add(a, b int) int { return 42 }"
			n.Cells = append(n.Cells, &twin)
		}, "", "more than once"},
		"doubled, the first broken": {func(n *notebook.Notebook) {
			twin := *n.Cells[0]
			n.Cells[0].Source = "func Add("
			n.Cells = append(n.Cells, &twin)
		}, "", "more than once"},
		"doubled, the last broken": {func(n *notebook.Notebook) {
			twin := *n.Cells[0]
			twin.Source = "func Add("
			n.Cells = append(n.Cells, &twin)
		}, "there more than once, and the last one counts", ""},
		"renamed": {func(n *notebook.Notebook) {
			n.Cells[0].Source = strings.Replace(add, "Add", "add", 1)
		}, "write Add in the place of add", ""},
		"only a comment": {func(n *notebook.Notebook) { n.Cells[0].Source = "// " + add }, "Add is not declared", ""},
		"amid a merge": {func(n *notebook.Notebook) {
			n.Cells[0].Source = "<<<<<<< HEAD\n" + add + "\n=======\n" + longAdd + "\n>>>>>>> theirs"
		}, "line 1 of your answer: git left its conflict markers", ""},
		"another cell amid a merge": {func(n *notebook.Notebook) {
			n.Cells[1] = notebook.NewCell(notebook.Code, "x", "<<<<<<< HEAD\nx\n=======\n>>>>>>> theirs")
		}, "", "git left its conflict markers"},
		"an init": {func(n *notebook.Notebook) { n.Cells[0].Source += "\nfunc init() {}" }, "func init runs before", ""},
		"an order to the compiler elsewhere": {func(n *notebook.Notebook) {
			n.Cells[1] = notebook.NewCell(notebook.Code, "x", "//go:noinline\nfunc other() {}")
		}, "", ""},
		"an order to the compiler within": {func(n *notebook.Notebook) {
			n.Cells[0].Source = "func Add(a, b int) int {\n\t/*line x:1:1*/ return a + b\n}"
		}, "line 2 of your answer: the comment /*line", ""},
		"an order to the compiler far above": {func(n *notebook.Notebook) {
			n.Cells[0].Source = "//go:linkname Add os.Exit\n\n" + add
		}, "//go:linkname", ""},
	} {
		t.Run(name, func(t *testing.T) {
			e, n := given(t)
			n.Cells[0].Source = add
			c.do(n)
			p, err := e.FromNotebook(n)
			if c.says != "" {
				var source *exercise.SourceError
				if !errors.As(err, &source) || !strings.Contains(err.Error(), c.says) {
					t.Errorf("got %v, want an error about the source that says %q", err, c.says)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(string(p.Source), "a + b") {
				t.Errorf("got another program:\n%s", p.Source)
			}
			if notes := strings.Join(p.Notes, "\n"); !strings.Contains(notes, c.note) || c.note == "" && notes != "" {
				t.Errorf("the notes are %q, want %q in them", notes, c.note)
			}
		})
	}
}
