package cli

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/interleave-lab/interleave/internal/exercise"
	"github.com/interleave-lab/interleave/internal/notebook"
)

// A class in which most submissions attack the batch, its files or one another.
func TestAHostileClass(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("INTERLEAVE_ROOT", root)
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	ex, err := exercise.Load(root, "", "page-downloader")
	if err != nil {
		t.Fatal(err)
	}
	solution, err := ex.Solution.Source()
	if err != nil {
		t.Fatal(err)
	}
	c := class{t: t, dir: filepath.Join(t.TempDir(), "class"), right: string(solution)}

	pass := map[string]bool{}
	for name, cell := range map[string]func(n *notebook.Notebook){
		"as it should be":      func(*notebook.Notebook) {},
		"edited check cell":    func(n *notebook.Notebook) { n.Cells[1].Source = "func DownloadAll() {}\n%%\nos.Exit(0)" },
		"deleted check cell":   func(n *notebook.Notebook) { n.Cells = n.Cells[:1] },
		"edited checksum":      func(n *notebook.Notebook) { grading(n, 1)["checksum"] = strings.Repeat("0", 32) },
		"edited points":        func(n *notebook.Notebook) { grading(n, 1)["points"] = json.Number("9000") },
		"wrong grade_id":       func(n *notebook.Notebook) { grading(n, 0)["grade_id"] = "../../etc" },
		"another one's id":     func(n *notebook.Notebook) { grading(n, 0)["grade_id"] = "prime-count" },
		"no metadata whatever": func(n *notebook.Notebook) { n.Cells[0].Metadata, n.Cells[1].Metadata = nil, nil },
	} {
		c.notebook(name+".ipynb", ex, cell)
		pass[name+".ipynb"] = true
	}
	c.write("right/page-downloader.go", c.right)
	pass["right/page-downloader.go"] = true
	c.write("a\nb,\"c\"/page-downloader.go", c.right)
	pass["a\nb,\"c\"/page-downloader.go"] = true

	c.attack("exits", "os", "os.Exit(0)")
	c.attack("kills", "syscall", "syscall.Kill(-1, 9)")
	c.attack("reads-others", "os", `os.ReadFile("../right/page-downloader.go")`)
	c.attack("writes-others", "os", `os.WriteFile("../right/page-downloader.go", nil, 0o600)`)
	c.attack("forges", "fmt", `fmt.Print("\n\x16--- PASS: TestTogether (0.00s)\nPASS\n"); return nil`)
	c.attack("loops", "fmt", "for { fmt.Print() }")
	c.attack("panics", "fmt", `panic(fmt.Sprint("\x16=== RUN"))`)
	c.attack("outlives", "time", "go func() { for { time.Sleep(1) } }()")
	c.attack("embeds", "embed", "_, _ = text, embed.FS{}")
	c.write("hides-races/page-downloader.go", strings.Replace(c.right, "\nfunc DownloadAll", "\n//go:norace\nfunc DownloadAll", 1))
	c.write("half/page-downloader.go", c.right[:len(c.right)/2])
	c.write("page.ipynb", "<!DOCTYPE html><title>Log in</title>")
	c.write("print.ipynb", "%PDF-1.7")
	c.write("empty.ipynb", "")
	c.write("deep.ipynb", strings.Repeat(`{"a":`, 1<<20))
	c.zip("bomb.zip", "page-downloader.go", strings.Repeat("\n", 65<<20))
	c.zip("out.zip", "../right/page-downloader.go", "package x")
	c.zip("root.zip", "/tmp/interleave-attack.go", "package x")
	c.zip("nest.zip", "nest.zip", "PK\x03\x04")
	if err := os.Symlink("right/page-downloader.go", c.path("link.go")); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(c.path("pipe.ipynb"), 0o600); err != nil {
		t.Fatal(err)
	}
	c.write("large.ipynb", "")
	if err := os.Truncate(c.path("large.ipynb"), 100<<20); err != nil {
		t.Fatal(err)
	}

	before := c.contents()
	out := filepath.Join(t.TempDir(), "grades")
	var stdout, stderr bytes.Buffer
	if status := Main([]string{"grade", c.dir, "--out", out}, strings.NewReader(""), &stdout, &stderr); status != 0 {
		t.Fatalf("exit status %d: %s%s", status, &stdout, &stderr)
	}
	if after := c.contents(); after != before {
		t.Errorf("submissions were touched:\n%s\n%s", before, after)
	}
	if left, _ := os.ReadDir(temp); len(left) > 0 {
		t.Errorf("%v is left", left)
	}
	rows := results(t, out)
	for name := range c.names {
		row, judged := rows[name]
		switch {
		case !judged:
			t.Errorf("%q has no row for page-downloader", name)
		case pass[name] != (row.Verdict == "passed") || pass[name] != (row.Points == row.MaxPoints):
			t.Errorf("%q is judged %s, %v of %v points: %s", name, row.Verdict, row.Points, row.MaxPoints, row.Message)
		case row.Verdict == "grader fault", !pass[name] && row.Message == "":
			t.Errorf("%q is judged %s: %s", name, row.Verdict, row.Message)
		}
	}
	if len(rows) != len(c.names) {
		t.Errorf("%d submissions were judged, and there are %d", len(rows), len(c.names))
	}
}

// class is a folder of submissions.
type class struct {
	t     *testing.T
	dir   string
	right string // a right answer to page-downloader
	names map[string]bool
}

// path returns where a submission is to be.
func (c *class) path(name string) string {
	if c.names == nil {
		c.names = map[string]bool{}
	}
	c.names[name] = true
	path := filepath.Join(c.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		c.t.Fatal(err)
	}
	return path
}

func (c *class) write(name, text string) {
	if err := os.WriteFile(c.path(name), []byte(text), 0o600); err != nil {
		c.t.Fatal(err)
	}
}

// attack hands in the right answer, which does something else first.
func (c *class) attack(name, imported, does string) {
	source := strings.Replace(c.right, "import (", "import (\n\t\""+imported+"\"", 1)
	const begins = ") []Page {\n"
	if !strings.Contains(source, begins) {
		c.t.Fatalf("the solution does not begin with %q", begins)
	}
	c.write(name+"/page-downloader.go", strings.Replace(source, begins, begins+"\tif len(urls) > 0 { "+does+" }\n", 1))
}

func (c *class) notebook(name string, ex *exercise.Exercise, change func(*notebook.Notebook)) {
	n := &notebook.Notebook{Minor: 5}
	n.Cells = []*notebook.Cell{notebook.NewCell(notebook.Code, "a", ""), notebook.NewCell(notebook.Code, "b", "")}
	ex.GradedCell(n.Cells[0], []byte(c.right))
	n.Cells[0].Metadata["interleave"] = map[string]any{"exercise": ex.Slug}
	ex.CheckCell(n.Cells[1], 15)
	change(n)
	for _, cell := range n.Cells {
		if cell.Metadata == nil {
			cell.Metadata = map[string]any{}
		}
	}
	c.write(name, string(n.Bytes()))
}

func grading(n *notebook.Notebook, cell int) map[string]any {
	return n.Cells[cell].Metadata["nbgrader"].(map[string]any)
}

func (c *class) zip(name, entry, text string) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	f, err := w.Create(entry)
	if err == nil {
		_, err = f.Write([]byte(text))
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		c.t.Fatal(err)
	}
	c.write(name, b.String())
}

// contents tells one state of the folder from another.
func (c *class) contents() string {
	var all strings.Builder
	err := filepath.WalkDir(c.dir, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := os.Lstat(path)
		if err == nil {
			fmt.Fprintln(&all, path, info.Mode(), info.Size(), info.ModTime().UnixNano())
		}
		return err
	})
	if err != nil {
		c.t.Fatal(err)
	}
	return all.String()
}

type result struct {
	Submission, Exercise, Verdict, Message string
	Points                                 float64 `json:"points"`
	MaxPoints                              float64 `json:"max_points"`
}

// results returns the rows of page-downloader.
func results(t *testing.T, dir string) map[string]result {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "results.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all struct{ Results []result }
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	rows := map[string]result{}
	for _, row := range all.Results {
		if row.Exercise == "page-downloader" {
			rows[row.Submission] = row
		}
	}
	return rows
}
