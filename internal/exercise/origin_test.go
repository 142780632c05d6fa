package exercise_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/internal/exercise"
	"github.com/interleave-lab/interleave/internal/notebook"
)

const today, before = "aaaaaaaaaaaa", "bbbbbbbbbbbb"

// A learner may hold an older release: that is told, and decides nothing.
func TestOrigins(t *testing.T) {
	graded := func(n *notebook.Notebook) { nbgrader(n.Cells[0])["checksum"] = strings.Repeat("0", 32) }
	check := func(n *notebook.Notebook) { nbgrader(n.Cells[1])["checksum"] = strings.Repeat("0", 32) }
	task := func(n *notebook.Notebook) { n.Cells[2].Source = "Add three numbers." }
	for name, c := range map[string]struct {
		metadata string // of the notebook
		course   string
		change   []func(n *notebook.Notebook)
		release  string
		changed  []string
		note     string
	}{
		"the same release": {`{"interleave": {"release": "aaaaaaaaaaaa"}}`, today, nil, today, nil, ""},
		"an older one, this task the same": {`{"interleave": {"release": "bbbbbbbbbbbb"}}`, today, nil, before, nil,
			"the notebook is release bbbbbbbbbbbb of the course, which is at aaaaaaaaaaaa by now and judged it; of this task, no cell changed since"},
		"an older one, all of the task changed": {`{"interleave": {"release": "bbbbbbbbbbbb"}, "widgets": [{}]}`, today, []func(*notebook.Notebook){graded, check, task}, before,
			[]string{"the graded cell", "the check cell", "the task's text"}, "of this task, the graded cell, the check cell, the task's text changed since"},
		"an older one, the text alone":  {`{"interleave": {"release": "bbbbbbbbbbbb"}}`, today, []func(*notebook.Notebook){task}, before, []string{"the task's text"}, "the task's text changed since"},
		"nobody knows which is today's": {`{"interleave": {"release": "bbbbbbbbbbbb"}}`, "", []func(*notebook.Notebook){task}, before, nil, ""},
		"no release, nothing changed":   {`{}`, today, nil, "", nil, ""},
		"no release, notes in the text": {`{}`, today, []func(*notebook.Notebook){task}, "", nil, ""},
		"no release, another stub":      {`{}`, today, []func(*notebook.Notebook){graded}, "", []string{"the graded cell"}, "as another version of the course gave it out"},
		"a release that is none":        {`{"interleave": {"release": "../../etc\n"}}`, today, nil, "", nil, ""},
		"a number":                      {`{"interleave": {"release": 7}}`, today, nil, "", nil, ""},
		"a list":                        {`{"interleave": []}`, today, nil, "", nil, ""},
		"metadata that is none":         {`"x"`, today, nil, "", nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			e, n := given(t)
			e.Release = c.course
			e.Solution.Dir = solutionFor(t)
			if err := os.WriteFile(filepath.Join(e.Dir, "task.md"), []byte("Add two numbers.\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			e.CheckCell(n.Cells[1], exercise.Points(e.Checks))
			text := notebook.NewCell(notebook.Markdown, "t", "Add two numbers.")
			text.Metadata["interleave"] = map[string]any{"task": e.Slug}
			n.Cells = append(n.Cells, text)
			n.Cells[0].Source = add
			for _, change := range c.change {
				change(n)
			}
			h, err := exercise.ReadHandedIn("day.ipynb", withMetadata(t, n, c.metadata))
			if err != nil {
				t.Fatal(err)
			}
			o := e.OriginOf(h)
			if o == nil || o.Release != c.release || o.Course != c.course || !slices.Equal(o.Changed, c.changed) {
				t.Errorf("its origin is %+v", o)
			}
			p, err := e.From(h)
			if err != nil {
				t.Fatal(err)
			}
			if notes := strings.Join(p.Notes, "\n"); !strings.Contains(notes, c.note) || c.note == "" && notes != "" {
				t.Errorf("the notes are %q, want %q in them", notes, c.note)
			}
		})
	}
}

// Who lacks what only the present release asks for is told where that comes from.
func TestWhatAnOlderReleaseLacks(t *testing.T) {
	e, n := given(t)
	e.Release = today
	n.Cells[0].Source = "func Sum(a, b int) int { return a + b }"
	nbgrader(n.Cells[0])["checksum"] = strings.Repeat("0", 32)
	h, err := exercise.ReadHandedIn("day.ipynb", withMetadata(t, n, `{"interleave": {"release": "bbbbbbbbbbbb"}}`))
	if err != nil {
		t.Fatal(err)
	}
	_, err = e.From(h)
	if err == nil || !strings.Contains(err.Error(), "Add is not declared") || !strings.Contains(err.Error(), "Note that the notebook is release bbbbbbbbbbbb") {
		t.Errorf("got %v", err)
	}
}

// A file of Go has no origin.
func TestAFileHasNoOrigin(t *testing.T) {
	h, err := exercise.ReadHandedIn("adder.go", []byte(addFile))
	if err != nil {
		t.Fatal(err)
	}
	if o := adder.OriginOf(h); o != nil {
		t.Errorf("got %+v", o)
	}
}

// solutionFor is a folder with a solution, which has no hidden checks.
func solutionFor(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "solution.go"), []byte(addFile), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// withMetadata is a notebook's file with metadata of any form.
func withMetadata(t *testing.T, n *notebook.Notebook, metadata string) []byte {
	t.Helper()
	n.Minor = 5
	var doc map[string]json.RawMessage
	if err := json.Unmarshal(n.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	doc["metadata"] = json.RawMessage(metadata)
	text, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
