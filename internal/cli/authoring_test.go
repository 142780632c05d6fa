package cli

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// cloneOf makes a clone that may be written: of its own are exercises, solutions and
// notebooks; what they are built with is the real clone's.
func cloneOf(t *testing.T, root string) string {
	t.Helper()
	clone := t.TempDir()
	for _, name := range []string{"exercises", "solutions", "notebooks"} {
		if err := os.CopyFS(filepath.Join(clone, name), os.DirFS(filepath.Join(root, name))); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"go.mod", "go.sum"} {
		text, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(clone, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"internal", "kernel-helpers"} {
		if err := os.Symlink(filepath.Join(root, name), filepath.Join(clone, name)); err != nil {
			t.Fatal(err)
		}
	}
	return clone
}

// commands are the lines of a page's blocks of sh.
func commands(page string) (lines []string) {
	open := false
	for line := range strings.Lines(page) {
		line = strings.TrimRight(line, "\n")
		switch {
		case strings.HasPrefix(line, "```"):
			open = line == "```sh"
		case open && line != "":
			lines = append(lines, line)
		}
	}
	return lines
}

// The page on writing exercises is what authors type.
func TestTheAuthoringPagesCommandsWork(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(filepath.Join(root, "docs/authoring.md"))
	if err != nil {
		t.Fatal(err)
	}
	lines := commands(string(page))
	if len(lines) < 7 {
		t.Fatalf("the page has %d commands: %q", len(lines), lines)
	}
	clone, bin := cloneOf(t, root), t.TempDir()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(self, filepath.Join(bin, "interleave")); err != nil { // as TestMain knows it
		t.Fatal(err)
	}
	for _, line := range lines {
		cmd := exec.CommandContext(t.Context(), "bash", "-c", line)
		cmd.Dir = clone
		cmd.Env = append(os.Environ(), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"), "INTERLEAVE_ROOT="+clone, "XDG_CONFIG_HOME="+filepath.Join(clone, "config"))
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", line, err, out)
		}
	}
	for _, file := range []string{"exercises/add-up/add-up.go", "solutions/add-up/hidden/hidden.go"} {
		if _, err := os.Stat(filepath.Join(clone, file)); err != nil {
			t.Error(err)
		}
	}
	graded, err := os.ReadFile(filepath.Join(clone, "notebooks/day-03-threads-and-processes.ipynb"))
	if err != nil || !strings.Contains(string(graded), `"grade_id": "add-up"`) {
		t.Errorf("the notebook holds no graded cell of add-up (%v)", err)
	}
}

func TestCommandsOfAPage(t *testing.T) {
	got := commands("text\n```sh\none --two\n\nthree\n```\n```go\nfour\n```\n    five\n")
	if strings.Join(got, ";") != "one --two;three" {
		t.Errorf("%q", got)
	}
}
